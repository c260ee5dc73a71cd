import type { Migration } from '../common/database/migration.js';

/** Remembers sessions that have ended, for as long as a code that was issued under one may live. */
export const endCodes: Migration = {
  name: 'EndCodes1795670000001',

  async up(run) {
    await run(`
      CREATE TABLE gatehouse.ended_sessions (
        session_id text NOT NULL CONSTRAINT ended_sessions_pkey PRIMARY KEY,
        ended_at timestamptz NOT NULL
      );
      CREATE INDEX ended_sessions_ended_at_idx ON gatehouse.ended_sessions (ended_at);

      CREATE FUNCTION gatehouse.remember_ended_session() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NOT EXISTS (SELECT FROM gatehouse.sign_in_sessions WHERE session_id = OLD.session_id) THEN
            INSERT INTO gatehouse.ended_sessions (session_id, ended_at) VALUES (OLD.session_id::text, clock_timestamp())
            ON CONFLICT DO NOTHING;
          END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER sign_in_sessions_remember_end AFTER DELETE ON gatehouse.sign_in_sessions
        FOR EACH ROW EXECUTE FUNCTION gatehouse.remember_ended_session();
    `);
  },

  async down(run) {
    await run(`
      DROP TRIGGER sign_in_sessions_remember_end ON gatehouse.sign_in_sessions;
      DROP FUNCTION gatehouse.remember_ended_session;
      DROP TABLE gatehouse.ended_sessions;
    `);
  },
};
