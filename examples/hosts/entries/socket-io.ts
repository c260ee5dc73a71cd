/** A gateway of socket.io: messages are guarded by the token of the handshake, and refused as an exception of theirs. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { RequireScopes } from 'gatehouse';
import { io } from 'socket.io-client';
import { bearer, importing, listening } from './support.js';

@WebSocketGateway()
class NotesGateway {
  @SubscribeMessage('open')
  open() {
    return { event: 'open', data: 'open' };
  }

  @SubscribeMessage('guarded')
  @RequireScopes('profile')
  guarded() {
    return { event: 'guarded', data: 'guarded' };
  }
}

@Module({ imports: importing(), providers: [NotesGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'], abortOnError: false });
const url = await listening(app);
const { authorization } = await bearer(app, url);
const anybody = io(url);
const client = io(url, { auth: { token: authorization.slice('Bearer '.length) } });
const answer = (socket: typeof client, ask: string, event: string) => {
  const heard = new Promise((resolve) => socket.once(event, resolve));
  socket.emit(ask, {});
  return heard as Promise<{ error?: string }>;
};
assert.equal(await answer(anybody, 'open', 'open'), 'open');
assert.equal(await answer(client, 'guarded', 'guarded'), 'guarded');
assert.equal((await answer(anybody, 'guarded', 'exception')).error, 'missing_token');
anybody.close();
client.close();
await Promise.race([once(process, 'beforeExit'), app.close()]);
