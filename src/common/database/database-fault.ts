import { TemporarilyUnavailableError } from '../errors/rfc6749.errors.js';

/**
 * SQLSTATEs after which the same request may succeed: connection lost (08), transaction rolled back for another's sake
 * (40), out of connections, memory or disk (53), lock not available in time (55P03), canceled by statement_timeout,
 * shut down, starting up or recovering (57), a session that was ended (25P03), a server that is a standby now (25006),
 * input and output of the server (58). Examples: `57P01`, `55P03`.
 */
const PASSING = /^(08...|40...|53...|55P03|57014|57P0[1-5]|25P03|25006|58...)$/;

/** What Node.js calls a network that fails, and a unix socket that is gone. Examples: `ECONNREFUSED`, `ENOENT`. */
const NETWORK =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EAI_AGAIN|ENOTFOUND|ENOENT|EMFILE|ENFILE)$/;

/** What pg and TypeORM say without a code. Example: `Connection terminated unexpectedly`. */
const WITHOUT_CODE =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error|Client was closed|Cannot use a pool after calling end|Query runner already released)/i;

/**
 * A database fault as what it is for whoever asked: TemporarilyUnavailableError where the same request may succeed a
 * moment later, among these a commit of which nobody knows whether it held. Anything else comes back as it is.
 */
export function toldFault(error: unknown): unknown {
  return isPassing(error) ? unavailable(`PostgreSQL: ${textOf(error)}`, error) : error;
}

/**
 * True where PostgreSQL refuses what a row holds (SQLSTATE classes 22, 23 and 42), which another row beside it need not
 * share. Example: `23514`, a row that breaks a constraint or has no partition.
 */
export function isRowFault(error: unknown): boolean {
  return /^(22|23|42)/.test(String((error as { code?: unknown }).code ?? ''));
}

/** The refusal of a statement for which there is no place left in the queue. */
export function queueFull(queueSize: number): TemporarilyUnavailableError {
  return unavailable(`Every connection to PostgreSQL is busy, and ${queueSize} statements wait already`);
}

/** True after a fault that leaves the connection in a state that nobody knows: it serves no other request. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return code === undefined
    ? WITHOUT_CODE.test(message ?? '')
    : /^(08...|57P0[1-5]|25P03)$/.test(code) || NETWORK.test(code);
}

function unavailable(detail: string, cause?: unknown): TemporarilyUnavailableError {
  const description = 'The database cannot answer just now; try again';
  const refusal = new TemporarilyUnavailableError({ description, detail, retryAfterSeconds: 1 });
  refusal.cause = cause;
  return refusal;
}

function isPassing(error: unknown): boolean {
  if (error instanceof TemporarilyUnavailableError) return false;
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string };
  return typeof code === 'string' ? PASSING.test(code) || NETWORK.test(code) : WITHOUT_CODE.test(message);
}

function textOf(error: unknown): string {
  const { message, code } = error as { message: string; code?: string };
  return code === undefined ? message : `${message} (${code})`;
}
