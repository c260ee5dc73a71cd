import type { Migration } from '../common/database/migration.js';

/** Clients, their secrets and the scopes; each change is announced to the caches of all nodes. */
export const createClients: Migration = {
  name: 'CreateClients1795600000002',

  async up(run) {
    await run(`
      CREATE TABLE gatehouse.clients (
        client_id text CONSTRAINT clients_pkey PRIMARY KEY,
        metadata jsonb NOT NULL,
        disabled_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE gatehouse.client_secrets (
        client_id text NOT NULL CONSTRAINT client_secrets_client_id_fkey REFERENCES gatehouse.clients ON DELETE CASCADE,
        digest bytea NOT NULL,
        expires_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT client_secrets_pkey PRIMARY KEY (client_id, digest)
      );
      CREATE TABLE gatehouse.scopes (
        name text CONSTRAINT scopes_pkey PRIMARY KEY,
        description text NOT NULL
      );
      INSERT INTO gatehouse.scopes (name, description) VALUES
        ('openid', 'Know that it is you'),
        ('profile', 'See your name and the rest of your public profile'),
        ('email', 'See your e-mail address'),
        ('address', 'See your postal address'),
        ('phone', 'See your phone number'),
        ('offline_access', 'Keep this access while you are away, until you take it back');
      CREATE FUNCTION gatehouse.announce_client() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_notify(TG_TABLE_SCHEMA || '.clients', COALESCE(NEW.client_id, OLD.client_id)); RETURN NULL; END $$;
      CREATE TRIGGER clients_announce AFTER INSERT OR UPDATE OR DELETE ON gatehouse.clients
        FOR EACH ROW EXECUTE FUNCTION gatehouse.announce_client();
      CREATE TRIGGER client_secrets_announce AFTER INSERT OR UPDATE OR DELETE ON gatehouse.client_secrets
        FOR EACH ROW EXECUTE FUNCTION gatehouse.announce_client();
      CREATE FUNCTION gatehouse.announce_scopes() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_notify(TG_TABLE_SCHEMA || '.scopes', ''); RETURN NULL; END $$;
      CREATE TRIGGER scopes_announce AFTER INSERT OR UPDATE OR DELETE ON gatehouse.scopes
        FOR EACH STATEMENT EXECUTE FUNCTION gatehouse.announce_scopes();
    `);
  },

  async down(run) {
    await run(`
      DROP TABLE gatehouse.scopes, gatehouse.client_secrets, gatehouse.clients;
      DROP FUNCTION gatehouse.announce_client, gatehouse.announce_scopes;
    `);
  },
};
