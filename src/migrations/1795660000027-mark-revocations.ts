import type { Migration } from '../common/database/migration.js';

/**
 * Gives each revocation the id of its transaction, by which a node finds what is new since it last looked. Rows from
 * before have none: whoever runs this version has read them at its start.
 */
export const markRevocations: Migration = {
  name: 'MarkRevocations1795660000027',

  async up(run) {
    await run(`
      ALTER TABLE gatehouse.revocations ADD COLUMN transaction_id bigint;
      ALTER TABLE gatehouse.revocations ALTER COLUMN transaction_id SET DEFAULT pg_current_xact_id()::text::bigint;
      CREATE INDEX revocations_transaction_id ON gatehouse.revocations (transaction_id);
    `);
  },

  async down(run) {
    await run('ALTER TABLE gatehouse.revocations DROP COLUMN transaction_id');
  },
};
