// Sets the wall clock of a child process of a test (`node --import <this file>`): the file that AHEAD_SECONDS_FILE names
// says by how many seconds it is ahead, and may be written anew while the process runs. The monotonic clock stays.
import { readFileSync } from 'node:fs';

const RealDate = globalThis.Date;
const now = () => RealDate.now() + Number(readFileSync(process.env.AHEAD_SECONDS_FILE, 'utf8')) * 1000;

globalThis.Date = class SetDate extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [now()] : parts));
  }

  static now() {
    return now();
  }
};
