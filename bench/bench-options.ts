import { parseArgs } from 'node:util';

/** How long and how hard to measure. */
export interface BenchOptions {
  /** Times that each server is measured in each scenario, in turns. */
  readonly rounds: number;
  /** Seconds of one measurement. */
  readonly seconds: number;
  /** Connections that are kept open and busy; one request at a time on each. */
  readonly connections: number;
  /** Measures only scenarios whose name contains this. */
  readonly only: string;
  /** The folder of another checkout that is built: measured in the place of bare node:http. */
  readonly against: string | undefined;
  /** Measures the peers of bench/peers as well, which are installed for that. */
  readonly peers: boolean;
}

/** Reads the command line, for example `--rounds 5 --seconds 2 --only guarded`; raises a RangeError for a wrong value. */
export function benchOptions(commandLine: string[]): BenchOptions {
  const { values } = parseArgs({
    args: commandLine,
    options: {
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '1' },
      connections: { type: 'string', default: '32' },
      only: { type: 'string', default: '' },
      against: { type: 'string' },
      peers: { type: 'boolean', default: false },
    },
  });
  return {
    rounds: Math.ceil(positive('rounds', values.rounds)),
    seconds: positive('seconds', values.seconds),
    connections: Math.ceil(positive('connections', values.connections)),
    only: values.only,
    against: values.against,
    peers: values.peers,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new RangeError(`--${name} must be a number above 0, not "${text}"`);
  return value;
}
