import { PartitionKeeper } from '../../../common/database/partition-keeper.js';
import type { Command } from './command.js';

/** `gatehouse partitions`: keeps partitions in the place of nodes whose role may not. */
export const partitions: Command = {
  words: 'partitions',
  summary: 'makes partitions ahead and drops old ones, for nodes whose database role may not',

  async run(operator) {
    const kept = await (await operator.get(PartitionKeeper)).keep();
    return Object.entries(kept).map(([what, names]) => `Partitions ${what}: ${names.join(', ') || 'none'}`);
  },
};
