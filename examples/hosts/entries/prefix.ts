/** setGlobalPrefix with our routes left out of it: metadata, pages and endpoints stay where the issuer says. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { bearer, importing, listening, NotesController } from './support.js';

@Module({ imports: importing(), controllers: [NotesController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'], abortOnError: false });
const ours = ['oauth', 'login', 'logout', 'auth', 'account', 'profile', 'assets', '.well-known'];
app.setGlobalPrefix('v1', { exclude: ours.map((path) => `${path}{/*rest}`) });
const url = await listening(app);
const headers = await bearer(app, url);
const status = async (path: string, init: RequestInit = {}) => (await fetch(url + path, init)).status;
assert.equal(await status('/v1/notes', { headers }), 200);
const page = await (await fetch(`${url}/login`, { headers: { accept: 'text/html' } })).text();
const style = /href="(\/assets\/[^"]+\.css)"/.exec(page)?.[1] ?? '/none';
const read = async (path: string) => [path, await status(path)];
const paths = [style, '/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/oauth/jwks'];
assert.deepEqual(
  await Promise.all(paths.map(read)),
  paths.map((path) => [path, 200]),
);
const form = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'email=a&password=b',
};
assert.equal(await status('/login', form), 403);
assert.equal(await status('/oauth/authorizations'), 401);
await app.close();
