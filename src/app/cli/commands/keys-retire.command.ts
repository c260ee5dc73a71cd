import { Keys } from '../../../oauth-server/keys/keys.js';
import { CommandError } from '../command.error.js';
import type { Command } from './command.js';

/** `gatehouse keys retire <kid>`: withdraws a signing key that others may have. */
export const keysRetire: Command = {
  words: 'keys retire',
  parameter: '<kid>',
  summary: 'withdraws a signing key at once, for one that others may have: whatever it signed is refused',

  async run(operator, kid) {
    if (!(await (await operator.get(Keys)).retire(kid))) {
      throw new CommandError(`There is no signing key ${kid}; "gatehouse keys status" lists them.`);
    }
    return [
      `The signing key ${kid} is withdrawn, and the next one signs in its place if it signed.`,
      'Verifiers elsewhere refuse what it signed once they read the key set again, which is within 15 minutes.',
    ];
  },
};
