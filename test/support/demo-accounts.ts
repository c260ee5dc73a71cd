import { DemoAccounts } from '../../src/app/demo/data/demo-accounts.js';
import type { TestAppSettings } from './test-app.js';

class DemonstrationModule {}

/** What makes a server show these accounts as those of a demonstration. */
export function showingAccounts(
  accounts: readonly { readonly email: string; readonly password: string }[],
): NonNullable<TestAppSettings['extensions']> {
  return [
    {
      module: DemonstrationModule,
      global: true,
      providers: [{ provide: DemoAccounts, useValue: { accounts } }],
      exports: [DemoAccounts],
    },
  ];
}
