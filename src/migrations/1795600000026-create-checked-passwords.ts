import type { Migration } from '../common/database/migration.js';

/** Remembers which passwords of a bootstrap file have been verified; an end user who is deleted takes the row along. */
export const createCheckedPasswords: Migration = {
  name: 'CreateCheckedPasswords1795600000026',

  async up(run) {
    await run(`
      CREATE TABLE gatehouse.checked_passwords (
        subject text NOT NULL,
        proof text NOT NULL,
        CONSTRAINT checked_passwords_pkey PRIMARY KEY (subject)
      );
      CREATE FUNCTION gatehouse.forget_checked_password() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM gatehouse.checked_passwords WHERE subject = OLD.id::text;
          RETURN NULL;
        END $$;
      CREATE TRIGGER users_forget_checked_password AFTER DELETE ON gatehouse.users
        FOR EACH ROW EXECUTE FUNCTION gatehouse.forget_checked_password();
    `);
  },

  async down(run) {
    await run(`
      DROP TRIGGER users_forget_checked_password ON gatehouse.users;
      DROP FUNCTION gatehouse.forget_checked_password;
      DROP TABLE gatehouse.checked_passwords;
    `);
  },
};
