import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { CommonOptions } from './config/common.options.js';
import { Issuer } from './config/issuer.js';
import { KeyRing } from './crypto/key-ring.js';
import { Events } from './events/events.js';
import { ToldEvents } from './events/told-events.js';
import { DecoratedProviders } from './extension/decorated-providers.js';
import { Registries } from './extension/registries.js';
import { Cookies } from './http/cookies.js';
import { CsrfProtection } from './http/csrf-protection.js';
import { ErrorUris } from './http/error-uris.js';
import { Paths } from './http/paths.js';
import { ReadableLog } from './log/readable-log.js';

const provided = [Cookies, CsrfProtection, DecoratedProviders, ErrorUris, Paths, ReadableLog, Registries];

/** The ground that needs neither database nor network: issuer, key ring, addresses, cookies, doors, events, log. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    {
      provide: Issuer,
      useFactory: (options: CommonOptions) => new Issuer(options.issuer),
      inject: [CommonOptions],
    },
    {
      provide: KeyRing,
      useFactory: (options: CommonOptions) => KeyRing.parse(options.secretKeys),
      inject: [CommonOptions],
    },
    { provide: Events, useClass: ToldEvents },
    ...provided,
  ],
  exports: [Issuer, KeyRing, Events, ...provided],
})
export class GroundModule {}
