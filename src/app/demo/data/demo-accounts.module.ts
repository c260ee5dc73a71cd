import { Global, Module } from '@nestjs/common';
import { Issuer } from '../../../common/config/issuer.js';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { DemoAccounts } from './demo-accounts.js';
import { demoData } from './demo-data.js';

/** Lets the start page print the logins of the demo data; imported only where those are loaded. */
@Global()
@Module({
  providers: [
    {
      provide: DemoAccounts,
      useFactory: (issuer: Issuer, keyRing: KeyRing): DemoAccounts => ({
        accounts: demoData(issuer, keyRing).users.map(({ email, password = '' }) => ({ email, password })),
      }),
      inject: [Issuer, KeyRing],
    },
  ],
  exports: [DemoAccounts],
})
export class DemoAccountsModule {}
