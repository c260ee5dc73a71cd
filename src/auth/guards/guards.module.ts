import { Module } from '@nestjs/common';

/** The bearer guard and what it needs. */
@Module({})
export class GuardsModule {}
