import type { Request } from 'autocannon';
import type { BenchServer } from './bench-server.js';
import type { Load } from './measurement.js';

/** The requests that one connection sends in order, over and over. */
export type Connection = Request[];

/** Something that every server can do and that is measured on each. */
export interface Scenario {
  readonly name: string;
  /** What the hand-written server does for one run through a connection's requests. */
  readonly floor: string;
  /** How many times the CPU of the hand-written server, PostgreSQL's included, Gatehouse may use; undefined for no limit. */
  readonly budget?: number;
  /** True where PostgreSQL takes no part, so that the load generator may have a core to itself. */
  readonly isWithoutSql: boolean;
  /** Gets ready what the requests need, and makes those of each connection. */
  connect(server: BenchServer, load: Load): Promise<Connection[]>;
}

/** Connections that all send the same requests. */
export function alike({ connections }: Load, ...requests: Request[]): Connection[] {
  return Array.from({ length: connections }, () => requests.map((request) => ({ ...request })));
}
