import type { ConfigFault } from '../../common/config/config-fault.js';

/** The settings of a start are wrong; the message lists all that is, and how to mend each. */
export class EnvironmentFaultsError extends Error {
  override readonly name = 'EnvironmentFaultsError';

  constructor(readonly faults: readonly ConfigFault[]) {
    const count = faults.length === 1 ? 'one setting is' : `${faults.length} settings are`;
    const list = faults.map(({ name, problem, fix }) => `\n  ${name} ${problem}\n    → ${fix}\n`);
    super(`Gatehouse cannot start: ${count} wrong.\n${list.join('')}`);
  }
}
