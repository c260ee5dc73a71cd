import { Module } from '@nestjs/common';

/** Server metadata. */
@Module({})
export class DiscoveryModule {}
