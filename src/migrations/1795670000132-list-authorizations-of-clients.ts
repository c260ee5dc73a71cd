import type { Migration } from '../common/database/migration.js';

/**
 * An index by which the live authorizations of one client are listed page by page. It is of an expression, so that the
 * look-up of an authorization at each token request cannot be planned by it, which would read all of a client's.
 */
export const listAuthorizationsOfClients: Migration = {
  name: 'ListAuthorizationsOfClients1795670000132',

  async up(run) {
    await run(`
      CREATE INDEX authorizations_client_id_idx ON gatehouse.authorizations ((client_id || ''), id) WHERE revoked_at IS NULL`);
  },

  async down(run) {
    await run('DROP INDEX gatehouse.authorizations_client_id_idx');
  },
};
