import { Keys } from '../../../oauth-server/keys/keys.js';
import type { Command } from './command.js';

/** `gatehouse keys rotate`: has the next signing keys sign. */
export const keysRotate: Command = {
  words: 'keys rotate',
  summary: 'has the next signing keys sign from now on; what was signed before stays good',

  async run(operator) {
    await (await operator.get(Keys)).rotate();
    return ['The next signing keys sign from now on, and new ones are published to follow them.'];
  },
};
