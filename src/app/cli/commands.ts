import type { EnvironmentSettings } from '../environment/environment-reader.js';
import { CommandError } from './command.error.js';
import { keysReseal } from './commands/keys-reseal.command.js';
import { keysRetire } from './commands/keys-retire.command.js';
import { keysRotate } from './commands/keys-rotate.command.js';
import { keysStatus } from './commands/keys-status.command.js';
import { migrate } from './commands/migrate.command.js';
import { partitions } from './commands/partitions.command.js';
import { Operator } from './operator.js';

/** Every command; a new one is one file and one line. */
const COMMANDS = [keysStatus, keysRotate, keysRetire, keysReseal, migrate, partitions];

/** How each command is called and what it does, a line each. */
export const COMMAND_LINES = COMMANDS.map(({ words, parameter, summary }) => {
  return [['gatehouse', words, parameter].filter(Boolean).join(' '), summary] as const;
});

/** Runs the command of these words; returns what to print. Raises CommandError where there is none. */
export async function runCommand(given: readonly string[], settings: EnvironmentSettings): Promise<string> {
  const text = given.join(' ');
  const command = COMMANDS.find(({ words, parameter }) =>
    parameter === undefined
      ? text === words
      : text.startsWith(`${words} `) && given.length === words.split(' ').length + 1,
  );
  if (command === undefined) {
    const all = COMMAND_LINES.map(([call]) => `  ${call}`).join('\n');
    throw new CommandError(`There is no command "gatehouse ${text}". There are:\n${all}`);
  }
  const operator = new Operator(settings);
  try {
    const lines = await command.run(operator, given.at(-1) ?? '');
    return lines.map((line) => `${line}\n`).join('');
  } finally {
    await operator.close();
  }
}
