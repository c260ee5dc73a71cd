/** setGlobalPrefix: our routes follow it, or stand apart; either way metadata, links and routes agree. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { bearer, importing, listening, NotesController } from './support.js';

@Module({ imports: importing(), controllers: [NotesController] })
class AppModule {}

const OURS = ['oauth', 'login', 'logout', 'auth', 'account', 'profile', 'assets', '.well-known'];

for (const [exclude, below] of [
  [[], '/v1'],
  [OURS.map((path) => `${path}{/*rest}`), ''],
] as const) {
  const app = await NestFactory.create(AppModule, { logger: ['error'], abortOnError: false });
  app.setGlobalPrefix('v1', { exclude: [...exclude] });
  const url = await listening(app);
  const headers = await bearer(app, url + below);
  const status = async (path: string, init: RequestInit = {}) => (await fetch(url + path, init)).status;
  assert.equal(await status('/v1/notes', { headers }), 200);
  const page = await (await fetch(`${url}${below}/login`, { headers: { accept: 'text/html' } })).text();
  const style = /href="([^"]+\.css)"/.exec(page)?.[1] ?? '/none';
  assert.ok(style.startsWith(`${below}/assets/`), style);
  const metadata = await (await fetch(`${url}/.well-known/openid-configuration`)).json();
  assert.equal(new URL(metadata.token_endpoint).pathname, `${below}/oauth/token`);
  const paths = [style, '/.well-known/oauth-authorization-server', new URL(metadata.jwks_uri).pathname];
  assert.deepEqual(
    await Promise.all(paths.map(async (path) => [path, await status(path)])),
    paths.map((path) => [path, 200]),
  );
  const form = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'email=a&password=b',
  };
  assert.equal(await status(`${below}/login`, form), 403);
  assert.equal(await status(`${below}/oauth/authorizations`), 401);
  await app.close();
}
