import { Keys } from '../../../oauth-server/keys/keys.js';
import type { Command } from './command.js';

/** `gatehouse keys reseal`: brings what is stored under the newest of SECRET_KEYS, as nodes do in the background. */
export const keysReseal: Command = {
  words: 'keys reseal',
  summary: 'seals what is stored under the newest of SECRET_KEYS, as nodes do by themselves after the start',

  async run(operator) {
    const { rows, unopened, unopenedRows } = await (await operator.get(Keys)).reseal();
    const others = unopenedRows - unopened.length;
    return [
      `Resealed: ${rows} rows.`,
      ...unopened.map((row) => `No key of SECRET_KEYS opens ${row}`),
      ...(others > 0 ? [`No key of SECRET_KEYS opens ${others} more`] : []),
    ];
  },
};
