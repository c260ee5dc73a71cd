import type { BenchServer } from './bench-server.js';
import { type Load, type Measurement, measure } from './measurement.js';
import type { Scenario } from './scenario.js';

const MAX_WARM_UP_SECONDS = 0.7;

/** Both servers in one scenario. */
export interface Comparison {
  readonly scenario: Scenario;
  readonly gatehouse: Measurement;
  readonly bare: Measurement;
  /** Gatehouse's part of what bare node:http does, by requests per second and by CPU time. */
  readonly ratio: Measurement;
  /** The least and the greatest ratio of CPU time of all rounds. */
  readonly cpuSpread: readonly [number, number];
}

interface Round {
  readonly gatehouse: Measurement;
  readonly bare: Measurement;
}

/** Measures both servers in turns, so that whatever disturbs the machine disturbs both, and takes the medians. */
export async function compare(
  scenario: Scenario,
  [gatehouse, bare]: readonly [BenchServer, BenchServer],
  load: Load & { readonly rounds: number },
): Promise<Comparison> {
  const warmUp = { ...load, seconds: Math.min(load.seconds, MAX_WARM_UP_SECONDS) };
  await measure(gatehouse, scenario, warmUp);
  await measure(bare, scenario, warmUp);
  const rounds: Round[] = [];
  for (let round = 0; round < load.rounds; round++) {
    rounds.push({ gatehouse: await measure(gatehouse, scenario, load), bare: await measure(bare, scenario, load) });
  }
  const cpuRatios = rounds.map((round) => ratioOf(round).cpuMicroseconds);
  return {
    scenario,
    gatehouse: medians(rounds.map((round) => round.gatehouse)),
    bare: medians(rounds.map((round) => round.bare)),
    ratio: medians(rounds.map(ratioOf)),
    cpuSpread: [Math.min(...cpuRatios), Math.max(...cpuRatios)],
  };
}

function ratioOf({ gatehouse, bare }: Round): Measurement {
  return {
    perSecond: gatehouse.perSecond / bare.perSecond,
    cpuMicroseconds: gatehouse.cpuMicroseconds / bare.cpuMicroseconds,
  };
}

function medians(measurements: readonly Measurement[]): Measurement {
  return {
    perSecond: median(measurements.map(({ perSecond }) => perSecond)),
    cpuMicroseconds: median(measurements.map(({ cpuMicroseconds }) => cpuMicroseconds)),
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
