/**
 * A gateway of socket.io: messages are guarded by the token or the cookie of the handshake, each by what is true then,
 * and refused as an exception of theirs.
 */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import {
  CurrentToken,
  CurrentUser,
  RequireScopes,
  RequireSignIn,
  Sessions,
  type User,
  type VerifiedAccessToken,
} from 'gatehouse';
import { io } from 'socket.io-client';
import { bearer, importing, listening, signedIn } from './support.js';

@WebSocketGateway()
class NotesGateway {
  @SubscribeMessage('open')
  open() {
    return { event: 'open', data: 'open' };
  }

  @SubscribeMessage('guarded')
  @RequireScopes('profile')
  guarded(@CurrentToken() token: VerifiedAccessToken) {
    return { event: 'guarded', data: token.scopes };
  }

  @SubscribeMessage('mine')
  @RequireSignIn()
  mine(@CurrentUser() user: User) {
    return { event: 'mine', data: user.id };
  }
}

@Module({ imports: importing(), providers: [NotesGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'], abortOnError: false });
const url = await listening(app);
const { authorization } = await bearer(app, url);
const { id, cookie } = await signedIn(app, url);
const anybody = io(url);
const client = io(url, { auth: { token: authorization.slice('Bearer '.length) } });
const browser = io(url, { auth: { token: authorization.slice('Bearer '.length) }, extraHeaders: { cookie } });
const answer = (socket: typeof client, ask: string, event: string) => {
  const heard = new Promise((resolve) => socket.once(event, resolve));
  socket.emit(ask, 'a text');
  return heard as Promise<{ error?: string }>;
};
assert.equal(await answer(anybody, 'open', 'open'), 'open');
assert.equal((await answer(anybody, 'guarded', 'exception')).error, 'missing_token');
assert.deepEqual(await answer(client, 'guarded', 'guarded'), ['profile']);
assert.equal((await answer(client, 'mine', 'exception')).error, 'login_required');
assert.deepEqual(await answer(browser, 'guarded', 'guarded'), ['profile']);
assert.equal(await answer(browser, 'mine', 'mine'), id);
await app.get(Sessions, { strict: false }).endAll(id);
assert.equal((await answer(browser, 'mine', 'exception')).error, 'login_required');
for (const socket of [anybody, client, browser]) socket.close();
await app.close();
