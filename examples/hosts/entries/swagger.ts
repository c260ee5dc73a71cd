/** @nestjs/swagger: the document has the application's routes with what they need, and none of ours. */
import 'reflect-metadata';
import assert from 'node:assert/strict';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { importing, listening, NotesController } from './support.js';

@Module({ imports: importing(), controllers: [NotesController] })
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: ['error'], abortOnError: false });
const document = SwaggerModule.createDocument(app, new DocumentBuilder().setTitle('Notes').build());
SwaggerModule.setup('docs', app, document);
const url = await listening(app);
assert.deepEqual(Object.keys(document.paths), ['/notes']);
assert.deepEqual(document.paths['/notes']?.get?.security, [{ oauth2: ['profile'] }]);
assert.equal((await fetch(`${url}/docs`)).status, 200);
await app.close();
