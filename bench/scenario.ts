import type { Request } from 'autocannon';
import type { BenchServer } from './bench-server.js';

/** The requests that one connection sends in order, over and over. */
export type Connection = Request[];

/** Something that both servers can do and that is measured on both. */
export interface Scenario {
  readonly name: string;
  /** What either server does for one run through a connection's requests. */
  readonly work: string;
  /** True where PostgreSQL takes no part, so that the load generator may have a core to itself. */
  readonly isWithoutSql: boolean;
  /** Gets ready what the requests need, and makes those of as many connections as `count` says. */
  connect(server: BenchServer, count: number): Promise<Connection[]>;
}

/** Connections that all send the same requests. */
export function alike(count: number, ...requests: Request[]): Connection[] {
  return Array.from({ length: count }, () => requests.map((request) => ({ ...request })));
}
