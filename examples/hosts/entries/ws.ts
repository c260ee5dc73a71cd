/** A gateway of ws: guarded by the request of the upgrade where the gateway keeps it, and refused otherwise. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { type OnGatewayConnection, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { RequireScopes } from 'gatehouse';
import { WebSocket } from 'ws';
import { bearer, importing, listening } from './support.js';

@WebSocketGateway({ path: '/kept' })
class KeepingGateway implements OnGatewayConnection {
  handleConnection(client: WebSocket & { upgradeReq?: IncomingMessage }, request: IncomingMessage) {
    client.upgradeReq = request;
  }

  @SubscribeMessage('guarded')
  @RequireScopes('profile')
  guarded() {
    return { event: 'guarded', data: 'guarded' };
  }
}

@WebSocketGateway({ path: '/forgotten' })
class ForgettingGateway {
  @SubscribeMessage('guarded')
  @RequireScopes('profile')
  guarded() {
    return { event: 'guarded', data: 'guarded' };
  }
}

@Module({ imports: importing(), providers: [KeepingGateway, ForgettingGateway] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'], abortOnError: false });
app.useWebSocketAdapter(new WsAdapter(app));
const url = await listening(app);
const headers = await bearer(app, url);
async function ask(path: string): Promise<{ event: string; data: { error?: string } }> {
  const client = new WebSocket(url.replace('http', 'ws') + path, { headers });
  await new Promise((resolve) => client.once('open', resolve));
  const heard = new Promise<string>((resolve) => client.once('message', (data) => resolve(String(data))));
  client.send(JSON.stringify({ event: 'guarded', data: {} }));
  const answer = JSON.parse(await heard);
  client.close();
  return answer;
}
assert.equal((await ask('/kept')).event, 'guarded');
assert.equal((await ask('/forgotten')).data.error, 'missing_token');
await app.close();
