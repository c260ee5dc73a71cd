import type { Migration } from '../common/database/migration.js';

/**
 * The index by which the live authorizations of one client are listed has no column of the table any more, only
 * expressions. With the bare id in it, the look-up of an authorization at each token request was planned by it while the
 * table had a few rows, and each connection keeps such a plan until statistics are collected.
 */
export const setListsApart: Migration = {
  name: 'SetListsApart1795670000133',

  async up(run) {
    await run(`
      DROP INDEX gatehouse.authorizations_client_id_idx;
      CREATE INDEX authorizations_client_id_idx ON gatehouse.authorizations ((client_id || ''), (id::text))
        WHERE revoked_at IS NULL`);
  },

  async down(run) {
    await run(`
      DROP INDEX gatehouse.authorizations_client_id_idx;
      CREATE INDEX authorizations_client_id_idx ON gatehouse.authorizations ((client_id || ''), id)
        WHERE revoked_at IS NULL`);
  },
};
