import { Global, Module } from '@nestjs/common';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { Paths } from '../../../common/http/paths.js';
import { DemoAccounts } from './demo-accounts.js';
import { demoData } from './demo-data.js';

/** Lets the start page print the logins of the demo data; imported only where those are loaded. */
@Global()
@Module({
  providers: [
    {
      provide: DemoAccounts,
      useFactory: (paths: Paths, keyRing: KeyRing): DemoAccounts => ({
        accounts: demoData(paths, keyRing).users.map(({ email, password = '' }) => ({ email, password })),
      }),
      inject: [Paths, KeyRing],
    },
  ],
  exports: [DemoAccounts],
})
export class DemoAccountsModule {}
