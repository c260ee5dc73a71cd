import type { Migration } from '../common/database/migration.js';

/** Lets one process at a time refresh the tokens of a linked account, and notes accounts whose tokens are of no use. */
export const leaseRefreshes: Migration = {
  name: 'LeaseRefreshes1795670000003',

  async up(run) {
    await run(`
      ALTER TABLE gatehouse.linked_accounts
        ADD COLUMN refresh_lease_until timestamptz,
        ADD COLUMN reauth_since timestamptz
    `);
  },

  async down(run) {
    await run('ALTER TABLE gatehouse.linked_accounts DROP COLUMN refresh_lease_until, DROP COLUMN reauth_since');
  },
};
