import type { Migration } from '../common/database/migration.js';

/** Keeps sign-ins at providers that are under way and too long for a cookie. */
export const createLoginFlows: Migration = {
  name: 'CreateLoginFlows1795670000002',

  async up(run) {
    await run(`
      CREATE TABLE gatehouse.login_flows (
        key text NOT NULL CONSTRAINT login_flows_pkey PRIMARY KEY,
        sealed text NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX login_flows_expires_at_idx ON gatehouse.login_flows (expires_at);
    `);
  },

  async down(run) {
    await run('DROP TABLE gatehouse.login_flows');
  },
};
