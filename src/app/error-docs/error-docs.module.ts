import { Module } from '@nestjs/common';
import { ErrorDocsController } from './error-docs.controller.js';

/** The documentation of error codes that a server of our own has. */
@Module({ controllers: [ErrorDocsController] })
export class ErrorDocsModule {}
