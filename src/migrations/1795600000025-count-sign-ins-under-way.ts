import type { Migration } from '../common/database/migration.js';

/** Tells tries at signing in that are under way from those that have failed. */
export const countSignInsUnderWay: Migration = {
  name: 'CountSignInsUnderWay1795600000025',

  async up(run) {
    await run('ALTER TABLE gatehouse.login_failures ADD COLUMN under_way integer NOT NULL DEFAULT 0');
  },

  async down(run) {
    await run('ALTER TABLE gatehouse.login_failures DROP COLUMN under_way');
  },
};
