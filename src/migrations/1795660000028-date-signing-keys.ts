import type { Migration } from '../common/database/migration.js';

/** Adds the instant since which a key signs; null for a key that an earlier version put to use. */
export const dateSigningKeys: Migration = {
  name: 'DateSigningKeys1795660000028',

  async up(run) {
    await run('ALTER TABLE gatehouse.signing_keys ADD COLUMN activated_at timestamptz');
  },

  async down(run) {
    await run('ALTER TABLE gatehouse.signing_keys DROP COLUMN activated_at');
  },
};
