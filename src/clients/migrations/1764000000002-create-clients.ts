import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Clients, their secrets and the scopes; each change is announced to the caches of all nodes. */
export class CreateClients1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE clients (
        client_id text CONSTRAINT clients_pkey PRIMARY KEY,
        metadata jsonb NOT NULL,
        disabled_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE client_secrets (
        client_id text NOT NULL CONSTRAINT client_secrets_client_id_fkey REFERENCES clients ON DELETE CASCADE,
        digest bytea NOT NULL,
        expires_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT client_secrets_pkey PRIMARY KEY (client_id, digest)
      );
      CREATE TABLE scopes (
        name text CONSTRAINT scopes_pkey PRIMARY KEY,
        description text NOT NULL
      );
      INSERT INTO scopes (name, description) VALUES
        ('openid', 'Know that it is you'),
        ('profile', 'See your name and the rest of your public profile'),
        ('email', 'See your e-mail address'),
        ('address', 'See your postal address'),
        ('phone', 'See your phone number'),
        ('offline_access', 'Keep this access while you are away, until you take it back');
      CREATE FUNCTION gatehouse_announce_client() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_notify('gatehouse_clients', COALESCE(NEW.client_id, OLD.client_id)); RETURN NULL; END $$;
      CREATE TRIGGER clients_announce AFTER INSERT OR UPDATE OR DELETE ON clients
        FOR EACH ROW EXECUTE FUNCTION gatehouse_announce_client();
      CREATE TRIGGER client_secrets_announce AFTER INSERT OR UPDATE OR DELETE ON client_secrets
        FOR EACH ROW EXECUTE FUNCTION gatehouse_announce_client();
      CREATE FUNCTION gatehouse_announce_scopes() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_notify('gatehouse_scopes', ''); RETURN NULL; END $$;
      CREATE TRIGGER scopes_announce AFTER INSERT OR UPDATE OR DELETE ON scopes
        FOR EACH STATEMENT EXECUTE FUNCTION gatehouse_announce_scopes();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE scopes, client_secrets, clients;
      DROP FUNCTION gatehouse_announce_client, gatehouse_announce_scopes;
    `);
  }
}
