import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Controller, type DynamicModule, Get, type INestApplication } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clients, GatehouseModule, type GatehouseOptions, migrations, RequireScopes, Users } from 'gatehouse';

/** A controller of the team, guarded by a scope. */
@Controller('notes')
export class NotesController {
  @Get()
  @RequireScopes('profile')
  list() {
    return [];
  }
}

const secretKeys = `k1:${randomBytes(32).toString('base64url')}`;

/** What a team writes to import Gatehouse: its data source with our migrations, and the module. */
export function importing(options: Partial<GatehouseOptions> = {}): DynamicModule[] {
  const { DATABASE_URL = '' } = process.env;
  return [
    TypeOrmModule.forRoot({ type: 'postgres', url: DATABASE_URL, migrations, migrationsRun: true }),
    GatehouseModule.forRoot({ issuer: 'http://localhost:1', secretKeys, ...options }),
  ];
}

/** Listens on a free port, and gives the address. */
export async function listening(app: INestApplication): Promise<string> {
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

/** An access token of a new client, as a header. */
export async function bearer(
  app: INestApplication,
  url: string,
  scope = 'profile',
): Promise<{ authorization: string }> {
  const id = `client-${randomBytes(4).toString('hex')}`;
  const { secret = '' } = await app.get(Clients, { strict: false }).create({
    client_id: id,
    client_name: 'A service',
    grant_types: ['client_credentials'],
    scope,
  });
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const text = await answer.text();
  assert.equal(answer.status, 200, text);
  return { authorization: `Bearer ${JSON.parse(text).access_token}` };
}

/** A new end user who is signed in by password: their id, and the cookie of their browser. */
export async function signedIn(app: INestApplication, url: string): Promise<{ id: string; cookie: string }> {
  const email = `${randomBytes(4).toString('hex')}@example.org`;
  const password = randomBytes(16).toString('base64url');
  const { id } = await app.get(Users, { strict: false }).create({ email, password });
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ email, password }),
    redirect: 'manual',
  });
  assert.equal(answer.status, 303, await answer.text());
  return {
    id,
    cookie: answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; '),
  };
}
