import { Keys, type KeysStatus } from '../../../oauth-server/keys/keys.js';
import type { Command } from './command.js';

const STAGES = { next: 'published since', current: 'signs since', previous: 'verifies since' };

/** `gatehouse keys status`: the signing keys, and under which of SECRET_KEYS what is stored is sealed. */
export const keysStatus: Command = {
  words: 'keys status',
  summary: 'tells the age and stage of every signing key, and which of SECRET_KEYS are in use',

  async run(operator) {
    const status = await (await operator.get(Keys)).status();
    const unknown = status.sealed.filter(({ keyId }) => !status.secretKeyIds.includes(keyId));
    return [
      'Signing keys:',
      ...status.signingKeys.map(
        ({ kid, algorithm, stage, since, opens }) =>
          `  ${kid}  ${algorithm.padEnd(5)}  ${STAGES[stage]} ${since.toISOString()}${opens === false ? ', does not open' : ''}`,
      ),
      'SECRET_KEYS, newest first:',
      ...status.secretKeyIds.map((keyId, index) => `  ${keyId}: ${useOf(status, keyId, index)}`),
      ...unknown.map(
        ({ keyId, table, rows }) => `Not in SECRET_KEYS is ${keyId}, which seals ${rows} rows of ${table}`,
      ),
    ];
  },
};

function useOf({ sealed }: KeysStatus, keyId: string, index: number): string {
  const uses = sealed.filter((use) => use.keyId === keyId).map(({ table, rows }) => `${rows} rows of ${table}`);
  if (uses.length > 0) return `seals ${uses.join(', ')}`;
  return index === 0
    ? 'seals from now on'
    : 'seals nothing that is stored; drop it an hour after every node has a newer one in front';
}
