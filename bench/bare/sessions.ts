import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { clients } from './clients.js';
import { allowScopes } from './tokens.js';

interface Session {
  readonly subject: string;
  readonly id: string;
  readonly authTime: number;
}

/** The signed-in end users, in memory, one for each connection of the benchmark: `session=0`, `session=1` and so on. */
const sessions: readonly Session[] = Array.from({ length: Number(process.env.BENCH_END_USERS) }, () => ({
  subject: randomUUID(),
  id: randomUUID(),
  authTime: Math.floor(Date.now() / 1000),
}));
const bySubject = new Map(sessions.map((session) => [session.subject, session]));

for (const { subject } of sessions) {
  for (const { id, scope, redirectUris } of clients.values())
    if (redirectUris.length > 0) await allowScopes(subject, id, scope.split(' '));
}

/** The session that the cookie of a request names. */
export function sessionOf(request: IncomingMessage): Session | undefined {
  const [, index = ''] = /session=(\d+)/.exec(request.headers.cookie ?? '') ?? [];
  return sessions[Number(index)];
}

/** The session of an end user. */
export function sessionOfSubject(subject: string): Session | undefined {
  return bySubject.get(subject);
}
