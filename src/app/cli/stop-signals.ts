/** A Ctrl-C comes from the terminal and again from npm at once; a second Ctrl-C of the operator comes later. */
const SAME_SIGNAL_MILLISECONDS = 500;
const LOOK_MILLISECONDS = 500;

/**
 * Ends the process by `stop` at SIGTERM or SIGINT, with status 0 when everything ended well, and at once at a second
 * signal. Under `npm start` the end of npm counts as a signal, because npm's shell passes none on.
 */
export function stopOnSignals(stop: () => Promise<boolean>): void {
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt !== undefined) {
      if (performance.now() - firstAt > SAME_SIGNAL_MILLISECONDS) process.exit(1);
      return;
    }
    firstAt = performance.now();
    stop().then(
      (isClean) => process.exit(isClean ? 0 : 1),
      (error: Error) => {
        process.stderr.write(`${error.stack}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    onSignal();
  }, LOOK_MILLISECONDS);
  look.unref();
}
