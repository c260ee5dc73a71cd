/** A unit test of a controller by gatehouse/testing: no database, no network, and the guards of the real thing. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Test } from '@nestjs/testing';
import { createTestOAuth } from 'gatehouse/testing';
import { NotesController } from './support.js';

delete process.env.DATABASE_URL;
const startedAt = performance.now();
const oauth = createTestOAuth();
const module = await Test.createTestingModule({ imports: [oauth.module], controllers: [NotesController] }).compile();
const app = module.createNestApplication({ logger: ['error'] });
await app.listen(0, '127.0.0.1');
const seconds = (performance.now() - startedAt) / 1000;
assert.ok(seconds < 5, `The module took ${seconds} s to start`);
const url = `${await app.getUrl()}/notes`;
const list = async (headers: Record<string, string> = {}) => (await fetch(url, { headers })).status;
assert.equal(await list({ authorization: oauth.bearer({ sub: 'ada', scopes: ['profile'] }) }), 200);
assert.equal(await list({ authorization: oauth.bearer({ sub: 'ada' }) }), 403);
assert.equal(await list(), 401);
await app.close();
