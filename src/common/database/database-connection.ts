/** Where a PostgreSQL database is: a connection URL, or its parts (`host` may be the folder of a unix socket). */
export type DatabaseConnection =
  | { url: string }
  | { host: string; port?: number; user?: string; password?: string; database?: string };
