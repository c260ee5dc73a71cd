import { Module } from '@nestjs/common';

/** The landing page and the playground. */
@Module({})
export class PlaygroundModule {}
