import type { Migration } from '../common/database/migration.js';

/**
 * End users, their sign-in sessions, failed sign-ins and accounts at other providers. A subject is text that refers to
 * no table, so that end users can be kept elsewhere; one who is deleted here takes sessions and linked accounts along.
 */
export const createUsers: Migration = {
  name: 'CreateUsers1795600000001',

  async up(run) {
    await run(`
      CREATE TABLE gatehouse.users (
        id uuid DEFAULT gen_random_uuid() CONSTRAINT users_pkey PRIMARY KEY,
        email text,
        email_verified boolean NOT NULL DEFAULT false,
        password_hash text,
        claims jsonb NOT NULL DEFAULT '{}',
        disabled_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX users_email_key ON gatehouse.users (email);
      CREATE TABLE gatehouse.sign_in_sessions (
        period integer NOT NULL,
        digest bytea NOT NULL,
        session_id uuid NOT NULL DEFAULT gen_random_uuid(),
        subject text NOT NULL,
        auth_time timestamptz NOT NULL,
        amr text[] NOT NULL,
        confirmed_at timestamptz NOT NULL,
        user_agent text,
        ip_address text,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT sign_in_sessions_pkey PRIMARY KEY (period, digest)
      ) PARTITION BY LIST (period);
      CREATE INDEX sign_in_sessions_subject_idx ON gatehouse.sign_in_sessions (subject);
      CREATE INDEX sign_in_sessions_session_id_idx ON gatehouse.sign_in_sessions (session_id);
      CREATE TABLE gatehouse.login_failures (
        period integer NOT NULL,
        key bytea NOT NULL,
        window_start timestamptz NOT NULL,
        failures integer NOT NULL,
        CONSTRAINT login_failures_pkey PRIMARY KEY (period, key, window_start)
      ) PARTITION BY LIST (period);
      CREATE TABLE gatehouse.linked_accounts (
        remote_issuer text NOT NULL,
        remote_subject text NOT NULL,
        provider text NOT NULL,
        subject text NOT NULL,
        claims jsonb NOT NULL DEFAULT '{}',
        sealed_tokens bytea,
        linked_at timestamptz NOT NULL DEFAULT now(),
        last_signed_in_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT linked_accounts_pkey PRIMARY KEY (remote_issuer, remote_subject)
      );
      CREATE INDEX linked_accounts_subject_idx ON gatehouse.linked_accounts (subject);
      CREATE FUNCTION gatehouse.forget_user() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM gatehouse.sign_in_sessions WHERE subject = OLD.id::text;
          DELETE FROM gatehouse.linked_accounts WHERE subject = OLD.id::text;
          RETURN NULL;
        END $$;
      CREATE TRIGGER users_forget AFTER DELETE ON gatehouse.users FOR EACH ROW EXECUTE FUNCTION gatehouse.forget_user();
    `);
  },

  async down(run) {
    await run(`
      DROP TABLE gatehouse.linked_accounts, gatehouse.login_failures, gatehouse.sign_in_sessions, gatehouse.users;
      DROP FUNCTION gatehouse.forget_user;
    `);
  },
};
