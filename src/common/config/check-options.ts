import type { Abstract } from '@nestjs/common';
import type { z } from 'zod';
import type { OptionTree } from './option-group.js';

/** The complete options of each group, by the class that its feature injects. */
export type CheckedOptions = ReadonlyMap<Abstract<object>, object>;

/**
 * Checks what an application gives and fills in the defaults. Throws a RangeError at boot with all that is wrong, each
 * on a line that begins with the option's path; `otherFaults` are listed with them.
 */
export function checkOptions(
  { top, groups }: OptionTree,
  given: Readonly<Record<string, unknown>>,
  otherFaults: readonly string[] = [],
): CheckedOptions {
  const faults: string[] = [];
  const ofTop = Object.fromEntries(Object.entries(given).filter(([name]) => !Object.hasOwn(groups, name)));
  const parts = [
    { path: [], group: top, options: ofTop },
    ...Object.entries(groups).map(([name, group]) => ({
      path: [name],
      group,
      options: given[name] ?? group.leftOut ?? {},
    })),
  ];
  const checked = new Map<Abstract<object>, object>();
  for (const { path, group, options } of parts) {
    const { data, error } = group.rule.safeParse(options);
    if (data === undefined) faults.push(...error.issues.flatMap((issue) => faultsOf(issue, path)));
    else checked.set(group.token, data);
  }
  faults.push(...otherFaults);
  if (faults.length > 0) throw optionFaults(faults);
  return checked;
}

/** The error of options that are wrong, each fault on a line of its own. */
export function optionFaults(faults: readonly string[]): RangeError {
  return new RangeError(`Gatehouse cannot start:\n${faults.map((each) => `- ${each}`).join('\n')}`);
}

function faultsOf(issue: z.core.$ZodIssue, prefix: readonly string[]): string[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'unrecognized_keys') return [`${optionPath(path)}: ${issue.message}`];
  return issue.keys.map((key) => `${optionPath([...path, key])}: is no option; leave it out`);
}

/** The path of an option in words: `['login', 'apps', 0, 'name']` is `login.apps[0].name`. */
export function optionPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1);
}
