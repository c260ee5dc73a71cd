/** A connection to a PostgreSQL database in the terms of pg; `host` may be the folder of a unix socket. */
export interface PostgresConnection {
  host: string;
  port: number;
  user: string;
  password?: string;
  database: string;
}

/** Reads a connection URL as libpq writes it; a unix socket's folder is in the parameter `host`. */
export function parseConnectionUrl(text: string): PostgresConnection {
  const url = new URL(text);
  return {
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}
