const TIMEOUT_MILLISECONDS = 15_000;
const PAUSE_MILLISECONDS = 5;

/** Tries until the check passes, for what other nodes hear of a moment later; fails as the last try did, after fifteen seconds by default. */
export async function eventually(
  check: () => Promise<void>,
  timeoutMilliseconds = TIMEOUT_MILLISECONDS,
): Promise<void> {
  for (const start = Date.now(); ; ) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() - start > timeoutMilliseconds) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
    }
  }
}
