import { type Contestant, type Load, type Measurement, measure } from './measurement.js';
import type { Scenario } from './scenario.js';

const MAX_WARM_UP_SECONDS = 0.7;

/** One server in one scenario, beside Gatehouse. */
export interface Rival {
  readonly name: string;
  readonly figures: Measurement;
  /** Gatehouse's CPU time as a multiple of this server's: the median of the rounds' ratios. */
  readonly cpuRatio: number;
  /** The least and the greatest of the rounds' ratios. */
  readonly spread: readonly [number, number];
}

/** Every server in one scenario. */
export interface Comparison {
  readonly scenario: Scenario;
  readonly gatehouse: Measurement;
  readonly rivals: readonly Rival[];
}

/** Measures the servers in turns, Gatehouse first, so that whatever disturbs the machine disturbs all, and takes the medians. */
export async function compare(
  scenario: Scenario,
  contestants: readonly Contestant[],
  load: Load & { readonly rounds: number },
): Promise<Comparison> {
  const able = contestants.filter(([{ lacks }]) => !lacks.includes(scenario.name));
  const warmUp = { ...load, seconds: Math.min(load.seconds, MAX_WARM_UP_SECONDS) };
  for (const contestant of able) await measure(contestant, scenario, warmUp);
  const rounds: Measurement[][] = [];
  for (let round = 0; round < load.rounds; round++) {
    const measured: Measurement[] = [];
    for (const contestant of able) measured.push(await measure(contestant, scenario, load));
    rounds.push(measured);
  }
  const [gatehouse = [], ...others] = able.map((_, index) => rounds.flatMap((round) => round[index] ?? []));
  const rivals = others.map((theirs, index): Rival => {
    const ratios = theirs.map((their, round) => (gatehouse[round]?.cpuMicroseconds ?? 0) / their.cpuMicroseconds);
    return {
      name: able[index + 1]?.[0].name ?? '',
      figures: medians(theirs),
      cpuRatio: median(ratios),
      spread: [Math.min(...ratios), Math.max(...ratios)],
    };
  });
  return { scenario, gatehouse: medians(gatehouse), rivals };
}

function medians(measurements: readonly Measurement[]): Measurement {
  const of = (figure: keyof Measurement) => median(measurements.map((measurement) => measurement[figure]));
  return {
    perSecond: of('perSecond'),
    serverMicroseconds: of('serverMicroseconds'),
    postgresMicroseconds: of('postgresMicroseconds'),
    cpuMicroseconds: of('cpuMicroseconds'),
  };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
