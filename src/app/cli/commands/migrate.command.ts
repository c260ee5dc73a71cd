import type { Command } from './command.js';

/** `gatehouse migrate`: brings the schema up to date, as a start does. */
export const migrate: Command = {
  words: 'migrate',
  summary: 'runs the pending migrations, as a start does by itself',

  async run(operator) {
    const notice = await operator.migrate();
    return [`The schema ${operator.settings.databaseSchema} is up to date.`, ...(notice === undefined ? [] : [notice])];
  },
};
