import type { Server } from 'node:http';

const LIMIT_MILLISECONDS = 20_000;
const LOOK_MILLISECONDS = 50;

/**
 * Closes the port, lets requests that are under way get their answers, and returns when the last connection is closed.
 * Connections that are kept alive end as soon as they are idle; what takes over 20 seconds is cut off.
 */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const look = setInterval(() => server.closeIdleConnections(), LOOK_MILLISECONDS);
  const limit = setTimeout(() => server.closeAllConnections(), LIMIT_MILLISECONDS);
  await closed;
  clearInterval(look);
  clearTimeout(limit);
}
