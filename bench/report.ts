import { cpus, loadavg } from 'node:os';
import type { BenchOptions } from './bench-options.js';
import type { Comparison } from './comparison.js';

/** The figures of Gatehouse beside those of the other server as an aligned table, and what stands behind each row. */
export function report(comparisons: readonly Comparison[], other: string): string {
  const headings = ['', 'Gatehouse/s', `${other}/s`, 'ratio', 'Gatehouse CPU us', `${other} CPU us`, 'ratio', 'spread'];
  const rows = [headings, ...comparisons.map(rowOf)];
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  );
  const work = comparisons.map(({ scenario }) => `${scenario.name.padEnd(widths[0] ?? 0)}  ${scenario.work}`);
  return [...lines.map((cells) => cells.join('  ')), '', 'What either server does for one:', ...work].join('\n');
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

function rowOf({ scenario, gatehouse, bare, ratio, cpuSpread }: Comparison): string[] {
  return [
    scenario.name,
    gatehouse.perSecond.toFixed(0),
    bare.perSecond.toFixed(0),
    ratio.perSecond.toFixed(2),
    gatehouse.cpuMicroseconds.toFixed(0),
    bare.cpuMicroseconds.toFixed(0),
    ratio.cpuMicroseconds.toFixed(2),
    `${cpuSpread[0].toFixed(2)} to ${cpuSpread[1].toFixed(2)}`,
  ];
}
