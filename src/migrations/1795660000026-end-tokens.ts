import type { Migration } from '../common/database/migration.js';

/**
 * Tables and triggers that end tokens before their time. A client or an end user that goes out of use is cut off by one
 * row, in the transaction that says so; a sign-in session that is removed takes along the families that were not
 * allowed offline access. Answers that are kept for the retry of a refresh have a table of their own, which is swept.
 */
export const endTokens: Migration = {
  name: 'EndTokens1795660000026',

  async up(run) {
    await run(`
      CREATE TABLE gatehouse.token_cutoffs (
        kind text NOT NULL,
        holder text NOT NULL,
        issued_before timestamptz,
        noted_at timestamptz NOT NULL,
        CONSTRAINT token_cutoffs_pkey PRIMARY KEY (kind, holder)
      );
      CREATE INDEX token_cutoffs_noted_at_idx ON gatehouse.token_cutoffs (noted_at);

      CREATE FUNCTION gatehouse.cut_off_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          was_in_use boolean := TG_OP <> 'INSERT' AND OLD.disabled_at IS NULL;
          is_in_use boolean := TG_OP <> 'DELETE' AND NEW.disabled_at IS NULL;
          this_holder text := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END ->> TG_ARGV[1];
        BEGIN
          IF was_in_use AND NOT is_in_use THEN
            INSERT INTO gatehouse.token_cutoffs (kind, holder, issued_before, noted_at)
            VALUES (TG_ARGV[0], this_holder, NULL, clock_timestamp())
            ON CONFLICT (kind, holder) DO UPDATE SET issued_before = NULL, noted_at = excluded.noted_at;
          ELSIF is_in_use AND NOT was_in_use THEN
            UPDATE gatehouse.token_cutoffs SET issued_before = clock_timestamp(), noted_at = clock_timestamp()
            WHERE kind = TG_ARGV[0] AND holder = this_holder AND issued_before IS NULL;
          END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER clients_cut_off AFTER INSERT OR DELETE OR UPDATE OF disabled_at ON gatehouse.clients
        FOR EACH ROW EXECUTE FUNCTION gatehouse.cut_off_tokens('client', 'client_id');
      CREATE TRIGGER users_cut_off AFTER INSERT OR DELETE OR UPDATE OF disabled_at ON gatehouse.users
        FOR EACH ROW EXECUTE FUNCTION gatehouse.cut_off_tokens('subject', 'id');

      CREATE FUNCTION gatehouse.announce_token_cutoff() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.kind = 'subject' THEN DELETE FROM gatehouse.sign_in_sessions WHERE subject = NEW.holder; END IF;
          PERFORM pg_notify(TG_TABLE_SCHEMA || '.token_cutoffs', json_build_object(
            'kind', NEW.kind,
            'holder', NEW.holder,
            'issuedBefore', (extract(epoch FROM NEW.issued_before) * 1000)::bigint,
            'notedAt', (extract(epoch FROM NEW.noted_at) * 1000)::bigint
          )::text);
          RETURN NULL;
        END $$;
      CREATE TRIGGER token_cutoffs_announce AFTER INSERT OR UPDATE ON gatehouse.token_cutoffs
        FOR EACH ROW EXECUTE FUNCTION gatehouse.announce_token_cutoff();

      ALTER TABLE gatehouse.token_families
        ADD COLUMN began_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN access_token_seconds integer NOT NULL DEFAULT 2678400,
        ADD COLUMN has_unstored_tokens boolean NOT NULL DEFAULT true;
      CREATE INDEX token_families_session_id_idx ON gatehouse.token_families ((sign_in ->> 'sessionId'));
      ALTER TABLE gatehouse.authorization_codes ADD COLUMN issued_at timestamptz NOT NULL DEFAULT now();

      CREATE FUNCTION gatehouse.end_families_of_session() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (SELECT FROM gatehouse.sign_in_sessions WHERE session_id = OLD.session_id) THEN RETURN NULL; END IF;
          WITH ended AS (
            UPDATE gatehouse.token_families SET revoked_at = clock_timestamp(), revoked_because = 'the end user signed out'
            WHERE sign_in ->> 'sessionId' = OLD.session_id::text AND revoked_at IS NULL
              AND NOT granted -> 'scopes' ? 'offline_access'
              AND expires_at + make_interval(secs => access_token_seconds) > clock_timestamp()
            RETURNING id, has_unstored_tokens, clock_timestamp() + make_interval(secs => access_token_seconds) AS over_at
          )
          INSERT INTO gatehouse.revocations (revoked_id, period, expires_at)
          SELECT id, floor(extract(epoch FROM over_at) / 604800), over_at FROM ended WHERE has_unstored_tokens
          ON CONFLICT DO NOTHING;
          RETURN NULL;
        END $$;
      CREATE TRIGGER sign_in_sessions_end AFTER DELETE ON gatehouse.sign_in_sessions
        FOR EACH ROW EXECUTE FUNCTION gatehouse.end_families_of_session();

      CREATE TABLE gatehouse.refresh_answers (
        digest bytea NOT NULL CONSTRAINT refresh_answers_pkey PRIMARY KEY,
        successor_period integer,
        successor_digest bytea,
        sealed_response bytea NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX refresh_answers_expires_at_idx ON gatehouse.refresh_answers (expires_at);
    `);
  },

  async down(run) {
    await run(`
      DROP TABLE gatehouse.refresh_answers;
      DROP TRIGGER sign_in_sessions_end ON gatehouse.sign_in_sessions;
      ALTER TABLE gatehouse.authorization_codes DROP COLUMN issued_at;
      DROP INDEX gatehouse.token_families_session_id_idx;
      ALTER TABLE gatehouse.token_families
        DROP COLUMN began_at, DROP COLUMN access_token_seconds, DROP COLUMN has_unstored_tokens;
      DROP TRIGGER users_cut_off ON gatehouse.users;
      DROP TRIGGER clients_cut_off ON gatehouse.clients;
      DROP TABLE gatehouse.token_cutoffs;
      DROP FUNCTION gatehouse.cut_off_tokens, gatehouse.announce_token_cutoff, gatehouse.end_families_of_session;
    `);
  },
};
