/**
 * Microservices, in an application that takes HTTP requests too and alone: messages carry no HTTP request, so a marked
 * handler lets nobody in, nor does any under `guard: 'all'`, and others go on.
 */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import type { AddressInfo, Server } from 'node:net';
import { Controller, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ClientProxyFactory,
  MessagePattern,
  type MicroserviceOptions,
  type TcpOptions,
  Transport,
} from '@nestjs/microservices';
import { RequireScopes, RequireSignIn } from 'gatehouse';
import { firstValueFrom } from 'rxjs';
import { importing, listening } from './support.js';

@Controller()
class NotesController {
  @MessagePattern('open')
  open() {
    return 'open';
  }

  @MessagePattern('guarded')
  @RequireScopes('profile')
  guarded() {
    return 'guarded';
  }

  @MessagePattern('mine')
  @RequireSignIn()
  mine() {
    return 'mine';
  }
}

function applicationWith(options: Parameters<typeof importing>[0] = {}) {
  @Module({ imports: importing(options), controllers: [NotesController] })
  class AppModule {}
  return AppModule;
}

/** What each pattern is answered with, or the code of its refusal. */
async function answers(service: INestMicroservice): Promise<unknown[]> {
  const { port } = service.unwrap<Server>().address() as AddressInfo;
  const client = ClientProxyFactory.create({ transport: Transport.TCP, options: { host: '127.0.0.1', port } });
  const ask = (pattern: string) =>
    firstValueFrom(client.send(pattern, {})).catch((error: { error?: string }) => error.error);
  const found = [await ask('open'), await ask('guarded'), await ask('mine')];
  client.close();
  return found;
}

const tcp: TcpOptions = { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } };
const settings = { logger: ['error' as const], abortOnError: false };
for (const [inheritAppConfig, guard, open] of [
  [false, 'marked', 'open'],
  [true, 'marked', 'open'],
  [true, 'all', 'login_required'],
] as const) {
  const app = await NestFactory.create(applicationWith({ guard }), settings);
  const service = app.connectMicroservice<MicroserviceOptions>(tcp, { inheritAppConfig });
  await app.startAllMicroservices();
  await listening(app);
  assert.deepEqual(await answers(service), [open, 'missing_token', 'login_required']);
  await app.close();
}
const alone = await NestFactory.createMicroservice<MicroserviceOptions>(applicationWith(), { ...tcp, ...settings });
await alone.listen();
assert.deepEqual(await answers(alone), ['open', 'missing_token', 'login_required']);
await alone.close();
