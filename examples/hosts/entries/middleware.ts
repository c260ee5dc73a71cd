/** What else stands in a main.ts: helmet, compression, cookies, sessions, pipes, raw bodies, throttling, configuration, a second data source. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IsString } from 'class-validator';
import compression from 'compression';
import cookieParser from 'cookie-parser';
import session from 'express-session';
import { GatehouseModule, migrations, RequireScopes } from 'gatehouse';
import helmet from 'helmet';
import { bearer, listening } from './support.js';

class NewNote {
  @IsString()
  text: string;
}

@Controller('notes')
class NotesController {
  @Post()
  @RequireScopes('profile')
  write(@Body() note: NewNote) {
    return note;
  }
}

const { DATABASE_URL: url = '' } = process.env;

@Module({
  imports: [
    ConfigModule.forRoot({
      ignoreEnvFile: true,
      load: [() => ({ keys: `k1:${randomBytes(32).toString('base64url')}` })],
    }),
    ThrottlerModule.forRoot([{ ttl: 60_000, limit: 100 }]),
    TypeOrmModule.forRoot({ type: 'postgres', url, autoLoadEntities: true }),
    TypeOrmModule.forRoot({ type: 'postgres', name: 'login', url, migrations, migrationsRun: true }),
    GatehouseModule.forRootAsync({
      dataSource: 'login',
      imports: [ConfigModule],
      inject: [ConfigService],
      useFactory: (config: ConfigService) => ({ issuer: 'http://localhost:1', secretKeys: config.getOrThrow('keys') }),
    }),
  ],
  controllers: [NotesController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
class AppModule {}

const app = await NestFactory.create<NestExpressApplication>(AppModule, {
  logger: ['error'],
  abortOnError: false,
  rawBody: true,
});
app.use(helmet(), compression({ threshold: 0 }), cookieParser());
app.use(session({ secret: 'a', resave: false, saveUninitialized: true }));
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
app.enableCors();
const address = await listening(app);
const headers = { 'content-type': 'application/json', ...(await bearer(app, address)) };
const write = async (note: object) =>
  (await fetch(`${address}/notes`, { method: 'POST', headers, body: JSON.stringify(note) })).status;
assert.deepEqual([await write({ text: 'a' }), await write({ words: 'a' })], [201, 400]);
const page = await fetch(`${address}/login`, { headers: { accept: 'text/html' } });
const policy = page.headers.get('content-security-policy') ?? '';
// Our pages keep their own policy, which the helmet of the application would have forbidden their own scripts by.
assert.deepEqual([page.status, policy.includes("default-src 'none'")], [200, true], policy);
await app.close();
