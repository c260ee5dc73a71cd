import { Module } from '@nestjs/common';

/** The guarded example API. */
@Module({})
export class DemoModule {}
