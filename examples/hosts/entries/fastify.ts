/** Fastify is refused at the start, in a sentence. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { importing } from './support.js';

@Module({ imports: importing() })
class AppModule {}

const app = await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false, abortOnError: false });
await assert.rejects(() => app.init(), /Gatehouse runs on @nestjs\/platform-express alone/);
await app.close().catch(() => undefined);
process.exit(0);
