import type { Migration } from '../common/database/migration.js';

/** Says which provider an e-mail address came from, and keeps tokens that are still to be taken back at providers. */
export const unlinkAccounts: Migration = {
  name: 'UnlinkAccounts1795670000101',

  async up(run) {
    await run(`
      ALTER TABLE gatehouse.users ADD COLUMN email_source text;
      CREATE TABLE gatehouse.remote_revocations (
        id text NOT NULL CONSTRAINT remote_revocations_pkey PRIMARY KEY,
        provider text NOT NULL,
        sealed_tokens bytea NOT NULL,
        tries integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX remote_revocations_next_try_at_idx ON gatehouse.remote_revocations (next_try_at);
    `);
  },

  async down(run) {
    await run('DROP TABLE gatehouse.remote_revocations; ALTER TABLE gatehouse.users DROP COLUMN email_source');
  },
};
