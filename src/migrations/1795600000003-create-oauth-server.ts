import type { Migration } from '../common/database/migration.js';

/**
 * Authorizations, what hangs from them, and the signing keys. Whatever expires is partitioned by the period of its
 * expiry, without foreign keys: partitions are dropped whole.
 */
export const createOauthServer: Migration = {
  name: 'CreateOauthServer1795600000003',

  async up(run) {
    await run(`
      CREATE TABLE gatehouse.authorizations (
        id uuid DEFAULT gen_random_uuid() CONSTRAINT authorizations_pkey PRIMARY KEY,
        subject text NOT NULL,
        client_id text NOT NULL,
        scopes text[] NOT NULL,
        resources text[] NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz
      );
      CREATE UNIQUE INDEX authorizations_live_key ON gatehouse.authorizations (subject, client_id) WHERE revoked_at IS NULL;

      CREATE TABLE gatehouse.token_families (
        period integer NOT NULL,
        id uuid NOT NULL,
        authorization_id uuid NOT NULL,
        client_id text NOT NULL,
        subject text NOT NULL,
        sign_in jsonb NOT NULL,
        granted jsonb NOT NULL,
        confirmation jsonb,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        revoked_because text,
        CONSTRAINT token_families_pkey PRIMARY KEY (period, id)
      ) PARTITION BY LIST (period);
      CREATE INDEX token_families_authorization_id_idx ON gatehouse.token_families (authorization_id);

      CREATE TABLE gatehouse.authorization_codes (
        period integer NOT NULL,
        digest bytea NOT NULL,
        family_period integer NOT NULL,
        family_id uuid NOT NULL,
        authorization_id uuid NOT NULL,
        client_id text NOT NULL,
        subject text NOT NULL,
        sign_in jsonb NOT NULL,
        granted jsonb NOT NULL,
        confirmation jsonb,
        redirect_uri text,
        code_challenge text,
        code_challenge_method text,
        nonce text,
        expires_at timestamptz NOT NULL,
        spent_at timestamptz,
        CONSTRAINT authorization_codes_pkey PRIMARY KEY (period, digest)
      ) PARTITION BY LIST (period);

      CREATE TABLE gatehouse.refresh_tokens (
        period integer NOT NULL,
        digest bytea NOT NULL,
        family_period integer NOT NULL,
        family_id uuid NOT NULL,
        expires_at timestamptz NOT NULL,
        spent_at timestamptz,
        sealed_response bytea,
        CONSTRAINT refresh_tokens_pkey PRIMARY KEY (period, digest)
      ) PARTITION BY LIST (period);

      CREATE TABLE gatehouse.access_tokens (
        period integer NOT NULL,
        digest bytea NOT NULL,
        token_id uuid NOT NULL,
        family_period integer,
        family_id uuid,
        client_id text NOT NULL,
        subject text NOT NULL,
        scopes text[] NOT NULL,
        audience text[] NOT NULL,
        confirmation jsonb,
        claims jsonb,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz,
        CONSTRAINT access_tokens_pkey PRIMARY KEY (period, digest)
      ) PARTITION BY LIST (period);

      CREATE TABLE gatehouse.revocations (
        revoked_id uuid NOT NULL,
        period integer NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT revocations_pkey PRIMARY KEY (revoked_id, period)
      ) PARTITION BY LIST (period);
      CREATE FUNCTION gatehouse.announce_revocation() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          PERFORM pg_notify(TG_TABLE_SCHEMA || '.revocations', NEW.revoked_id || ' ' || (extract(epoch FROM NEW.expires_at) * 1000)::bigint);
          RETURN NULL;
        END $$;
      CREATE TRIGGER revocations_announce AFTER INSERT ON gatehouse.revocations
        FOR EACH ROW EXECUTE FUNCTION gatehouse.announce_revocation();

      CREATE TABLE gatehouse.signing_keys (
        kid text CONSTRAINT signing_keys_pkey PRIMARY KEY,
        algorithm text NOT NULL,
        stage text NOT NULL,
        public_jwk jsonb NOT NULL,
        sealed_private_key bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        retired_at timestamptz
      );
      CREATE UNIQUE INDEX signing_keys_stage_key ON gatehouse.signing_keys (algorithm, stage) WHERE stage <> 'previous';
      CREATE FUNCTION gatehouse.announce_signing_keys() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_notify(TG_TABLE_SCHEMA || '.signing_keys', ''); RETURN NULL; END $$;
      CREATE TRIGGER signing_keys_announce AFTER INSERT OR UPDATE OR DELETE ON gatehouse.signing_keys
        FOR EACH STATEMENT EXECUTE FUNCTION gatehouse.announce_signing_keys();
    `);
  },

  async down(run) {
    await run(`
      DROP TABLE gatehouse.signing_keys, gatehouse.revocations, gatehouse.access_tokens, gatehouse.refresh_tokens, gatehouse.authorization_codes, gatehouse.token_families, gatehouse.authorizations;
      DROP FUNCTION gatehouse.announce_revocation, gatehouse.announce_signing_keys;
    `);
  },
};
