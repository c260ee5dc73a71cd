import type { Migration } from '../common/database/migration.js';

/**
 * Gives each secret of a client an id by which an operator names it, and the instant of its last use. That instant is
 * not announced, because no memory holds it.
 */
export const dateClientSecrets: Migration = {
  name: 'DateClientSecrets1795670000131',

  async up(run) {
    await run(`
      ALTER TABLE gatehouse.client_secrets
        ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid(),
        ADD COLUMN last_used_at timestamptz;
      DROP TRIGGER client_secrets_announce ON gatehouse.client_secrets;
      CREATE TRIGGER client_secrets_announce AFTER INSERT OR DELETE OR UPDATE OF expires_at ON gatehouse.client_secrets
        FOR EACH ROW EXECUTE FUNCTION gatehouse.announce_client();
    `);
  },

  async down(run) {
    await run(`
      DROP TRIGGER client_secrets_announce ON gatehouse.client_secrets;
      CREATE TRIGGER client_secrets_announce AFTER INSERT OR UPDATE OR DELETE ON gatehouse.client_secrets
        FOR EACH ROW EXECUTE FUNCTION gatehouse.announce_client();
      ALTER TABLE gatehouse.client_secrets DROP COLUMN id, DROP COLUMN last_used_at;
    `);
  },
};
