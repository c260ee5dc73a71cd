import { BootstrapLoader } from '../../src/app/bootstrap/bootstrap-loader.js';
import { DemoAccounts } from '../../src/app/demo/data/demo-accounts.js';
import { DemoAccountsModule } from '../../src/app/demo/data/demo-accounts.module.js';
import { demoData } from '../../src/app/demo/data/demo-data.js';
import { KeyRing } from '../../src/common/crypto/key-ring.js';
import { Paths } from '../../src/common/http/paths.js';
import { TestApp, type TestAppSettings } from './test-app.js';

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

/** A server that shows its demonstration: accounts, clients and the playground. */
export async function startDemonstration(): Promise<TestApp> {
  const app = await TestApp.start({ extensions: [DemoAccountsModule] });
  const data = demoData(app.port(Paths), app.port(KeyRing));
  await app.port(BootstrapLoader).load(data, 'the demo data');
  return app;
}
