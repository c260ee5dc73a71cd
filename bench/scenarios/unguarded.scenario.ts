import { alike, type Scenario } from '../scenario.js';

/** A public route with a constant answer. */
export const UNGUARDED: Scenario = {
  name: 'unguarded route',
  floor: 'a constant JSON object',
  isWithoutSql: true,
  connect: async (_server, load) => alike(load, { method: 'GET', path: '/health/live' }),
};
