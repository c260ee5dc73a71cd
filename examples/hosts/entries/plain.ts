/** An application as the README has it: a guarded route, a first token, and nothing closed that was open. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CurrentToken, RequireScopes, RequireSignIn, type VerifiedAccessToken } from 'gatehouse';
import { bearer, importing, listening } from './support.js';

@Controller('notes')
class NotesController {
  @Get()
  @RequireScopes('profile')
  list(@CurrentToken() token: VerifiedAccessToken) {
    return { for: token.clientId };
  }

  @Get('mine')
  @RequireSignIn()
  mine() {
    return [];
  }

  @Get('health')
  health() {
    return 'ok';
  }
}

@Module({ imports: importing(), controllers: [NotesController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'], abortOnError: false });
const url = await listening(app);
const headers = await bearer(app, url);
const status = async (path: string, init: RequestInit = {}) => (await fetch(url + path, init)).status;
assert.deepEqual(
  [
    await status('/notes', { headers }),
    await status('/notes'),
    await status('/notes/mine'),
    await status('/notes/health'),
  ],
  [200, 401, 401, 200],
);
await app.close();
