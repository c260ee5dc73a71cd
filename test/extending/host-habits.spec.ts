import {
  type CallHandler,
  Controller,
  type ExecutionContext,
  Get,
  type NestInterceptor,
  VersioningType,
} from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Public, RequireScopes } from 'gatehouse';
import { map, type Observable } from 'rxjs';
import { aClient, SECRET } from '../support/client-builder.js';
import { hostApplication } from '../support/host-application.js';
import { basic } from '../support/test-app.js';
import { createHostDatabase, type TestDatabase } from '../support/test-database.js';

@Controller('notes')
class NotesController {
  @Get()
  @RequireScopes('notes')
  list() {
    return ['first'];
  }

  @Get('count')
  @Public()
  count() {
    return 1;
  }
}

/** Wraps each answer, as many applications do. */
class Wrapping implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((data) => ({ data })));
  }
}

describe('an application with habits of its own that imports GatehouseModule', () => {
  let database: TestDatabase;
  let app: NestExpressApplication;
  let url: string;

  beforeAll(async () => {
    database = await createHostDatabase();
    app = await hostApplication(database, [NotesController]);
    app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
    app.useGlobalInterceptors(new Wrapping());
    app.enableCors();
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    const client = aClient().named('host-client').using('client_credentials').allowed('notes');
    await client.registeredIn(app);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('Versions of the routes of an application move none of ours, and its interceptors wrap its own answers alone', async () => {
    const form = (body: string) => ({
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic('host-client', SECRET) },
    });
    const issued = await (await fetch(`${url}/oauth/token`, form('grant_type=client_credentials'))).json();
    expect(issued).toMatchObject({ access_token: expect.any(String), token_type: 'Bearer' });
    const notes = await fetch(`${url}/v1/notes`, { headers: { authorization: `Bearer ${issued.access_token}` } });
    expect([notes.status, await notes.json()]).toEqual([200, { data: ['first'] }]);
    const token = `token=${issued.access_token}`;
    expect(await (await fetch(`${url}/oauth/introspect`, form(token))).json()).toMatchObject({ active: true });
    expect(await (await fetch(`${url}/oauth/revoke`, form(token))).json()).toEqual({});
    const metadata = await (await fetch(`${url}/.well-known/openid-configuration`)).json();
    expect(metadata).toMatchObject({ issuer: 'http://localhost:1' });
    expect(await (await fetch(`${url}/oauth/jwks`)).json()).toMatchObject({ keys: expect.any(Array) });
    expect(await (await fetch(`${url}/v1/notes/count`)).json()).toEqual({ data: 1 });
    expect(await (await fetch(`${url}/login`)).text()).toContain('<h1');
  });
});
