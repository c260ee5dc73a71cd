import type { Migration } from '../common/database/migration.js';

/** End users, their sign-in sessions, failed sign-ins and accounts at other providers. */
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
        user_id uuid NOT NULL CONSTRAINT sign_in_sessions_user_id_fkey REFERENCES gatehouse.users ON DELETE CASCADE,
        auth_time timestamptz NOT NULL,
        amr text[] NOT NULL,
        confirmed_at timestamptz NOT NULL,
        user_agent text,
        ip_address text,
        last_seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT sign_in_sessions_pkey PRIMARY KEY (period, digest)
      ) PARTITION BY LIST (period);
      CREATE INDEX sign_in_sessions_user_id_idx ON gatehouse.sign_in_sessions (user_id);
      CREATE TABLE gatehouse.login_failures (
        period integer NOT NULL,
        key bytea NOT NULL,
        window_start timestamptz NOT NULL,
        failures integer NOT NULL,
        CONSTRAINT login_failures_pkey PRIMARY KEY (period, key, window_start)
      ) PARTITION BY LIST (period);
      CREATE TABLE gatehouse.linked_accounts (
        issuer text NOT NULL,
        subject text NOT NULL,
        provider text NOT NULL,
        user_id uuid NOT NULL CONSTRAINT linked_accounts_user_id_fkey REFERENCES gatehouse.users ON DELETE CASCADE,
        claims jsonb NOT NULL DEFAULT '{}',
        sealed_tokens bytea,
        linked_at timestamptz NOT NULL DEFAULT now(),
        last_signed_in_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT linked_accounts_pkey PRIMARY KEY (issuer, subject)
      );
      CREATE INDEX linked_accounts_user_id_idx ON gatehouse.linked_accounts (user_id);
    `);
  },

  async down(run) {
    await run(
      'DROP TABLE gatehouse.linked_accounts, gatehouse.login_failures, gatehouse.sign_in_sessions, gatehouse.users',
    );
  },
};
