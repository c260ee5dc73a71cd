// Looks at the plan of every statement with a million rows in each table: `npm run bench:plans -- --rows 1000000`.
import { spawnSync } from 'node:child_process';

const at = process.argv.indexOf('--rows');
const rows = at === -1 ? '1000000' : (process.argv[at + 1] ?? '');
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const { status } = spawnSync(process.execPath, [...jest, '--selectProjects', 'plans'], {
  stdio: 'inherit',
  env: { ...process.env, PLAN_ROWS: rows },
});
process.exitCode = status ?? 1;
