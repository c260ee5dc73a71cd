import { Module } from '@nestjs/common';
import { ClientsModule } from '../../clients/clients.module.js';
import { DiscoveryController } from './discovery.controller.js';
import { ServerMetadata } from './server-metadata.js';

/** Server metadata. */
@Module({ imports: [ClientsModule], controllers: [DiscoveryController], providers: [ServerMetadata] })
export class DiscoveryModule {}
