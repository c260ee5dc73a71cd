import { Module } from '@nestjs/common';
import { DemoController } from './demo.controller.js';

/** The guarded example API. */
@Module({ controllers: [DemoController] })
export class DemoModule {}
