import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Puts the build beside the manifest of the server, which ships all of it; the library ships it without src/app. */
const built = fileURLToPath(new URL('../dist', import.meta.url));
const shipped = fileURLToPath(new URL('dist', import.meta.url));
rmSync(shipped, { recursive: true, force: true });
cpSync(built, shipped, {
  recursive: true,
  filter: (path) => !/\.d\.ts$|[\\/]dist[\\/](bench|test|examples)([\\/]|$)/.test(path),
});
