import { alike, type Scenario } from '../scenario.js';

/** A public route with a constant answer. */
export const UNGUARDED: Scenario = {
  name: 'unguarded route',
  work: 'a constant JSON object',
  isWithoutSql: true,
  connect: async (_server, count) => alike(count, { method: 'GET', path: '/health/live' }),
};
