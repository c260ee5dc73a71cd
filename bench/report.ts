import { cpus, loadavg } from 'node:os';
import type { BenchOptions } from './bench-options.js';
import type { Comparison } from './comparison.js';
import type { Measurement } from './measurement.js';

/** A budget counts as kept up to this much over it, since rounds differ. */
const BUDGET_TOLERANCE = 1.1;

/**
 * The figures as an aligned table: CPU microseconds an operation (of it PostgreSQL's), and for each other server the
 * ratio of Gatehouse's CPU to it. The budget is beside the ratio to the first of them. Below stands what the
 * hand-written server does for one operation.
 */
export function report(comparisons: readonly Comparison[]): string {
  const names = [...new Set(comparisons.flatMap(({ rivals }) => rivals.map(({ name }) => name)))];
  const headings = ['CPU us', 'Gatehouse', 'a second', ...names.flatMap((name) => [name, 'ratio', 'spread']), 'budget'];
  const rows = [headings, ...comparisons.map((comparison) => rowOf(comparison, names))];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  const work = comparisons.map(({ scenario }) => `${scenario.name.padEnd(widths[0] ?? 0)}  ${scenario.floor}`);
  return [...lines.map((cells) => cells.join('  ')), '', 'What a server written by hand does for one:', ...work].join(
    '\n',
  );
}

/** One line about the machine and the run, without which figures mean nothing. */
export function machine({ rounds, seconds, connections }: BenchOptions): string {
  const processors = cpus();
  const busy = loadavg()[0]?.toFixed(1);
  return (
    `${processors.length} cores ${processors[0]?.model.trim()}, ${process.platform}, node ${process.versions.node}; ` +
    `load average at the start ${busy}; ${connections} connections, median of ${rounds} rounds of ${seconds} s`
  );
}

function rowOf({ scenario, gatehouse, rivals }: Comparison, names: readonly string[]): string[] {
  const cells = names.flatMap((name) => {
    const rival = rivals.find((each) => each.name === name);
    if (rival === undefined) return ['', '', ''];
    const [least, greatest] = rival.spread.map((ratio) => ratio.toFixed(2));
    return [cpu(rival.figures), rival.cpuRatio.toFixed(2), `${least} to ${greatest}`];
  });
  return [scenario.name, cpu(gatehouse), gatehouse.perSecond.toFixed(0), ...cells, budget(scenario.budget, rivals[0])];
}

function cpu({ cpuMicroseconds, postgresMicroseconds }: Measurement): string {
  return `${cpuMicroseconds.toFixed(0)} (${postgresMicroseconds.toFixed(0)})`;
}

function budget(limit: number | undefined, floor: Comparison['rivals'][number] | undefined): string {
  if (limit === undefined || floor === undefined) return '';
  return `${limit.toFixed(1)} ${floor.cpuRatio <= limit * BUDGET_TOLERANCE ? 'kept' : 'OVER'}`;
}
