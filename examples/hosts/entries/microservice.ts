/** A hybrid application: its messages carry no HTTP request, so a marked handler lets nobody in, and others go on. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientProxyFactory, MessagePattern, type MicroserviceOptions, Transport } from '@nestjs/microservices';
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

@Module({ imports: importing(), controllers: [NotesController] })
class AppModule {}

for (const [inheritAppConfig, port] of [
  [false, 41_871],
  [true, 41_872],
] as const) {
  const app = await NestFactory.create(AppModule, { logger: ['error'], abortOnError: false });
  const options = { host: '127.0.0.1', port };
  app.connectMicroservice<MicroserviceOptions>({ transport: Transport.TCP, options }, { inheritAppConfig });
  await app.startAllMicroservices();
  await listening(app);
  const client = ClientProxyFactory.create({ transport: Transport.TCP, options });
  const ask = (pattern: string) => firstValueFrom(client.send(pattern, {})).catch((error: unknown) => error);
  assert.equal(await ask('open'), 'open');
  assert.equal(((await ask('guarded')) as { error: string }).error, 'missing_token');
  assert.equal(((await ask('mine')) as { error: string }).error, 'login_required');
  client.close();
  await app.close();
}
