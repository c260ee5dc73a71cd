import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { PostgresConnection } from '../../src/app/database/postgres-connection.js';

/** A network hop before PostgreSQL, which can fall silent: connections stay open, and nothing comes through any more. */
export class DatabaseRelay {
  readonly #sockets = new Set<Socket>();
  readonly #asked: Promise<void>;
  #noteAsked = () => {};
  #isFrozen = false;

  private constructor(
    private readonly server: Server,
    private readonly target: PostgresConnection,
  ) {
    this.#asked = new Promise((resolve) => {
      this.#noteAsked = resolve;
    });
    server.on('connection', (socket) => this.#relay(socket));
  }

  static start(target: PostgresConnection): Promise<DatabaseRelay> {
    return new Promise((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(new DatabaseRelay(server, target)));
    });
  }

  /** As DATABASE_URL names the database by way of here. */
  get databaseUrl(): string {
    const { user = '', password = '', database } = this.target;
    const { port } = this.server.address() as AddressInfo;
    return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  }

  freeze(): void {
    this.#isFrozen = true;
  }

  /** Resolves once something was sent to the database that is frozen away. */
  untilAsked(): Promise<void> {
    return this.#asked;
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
  }

  #relay(socket: Socket): void {
    const { host, port } = this.target;
    const upstream = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    const pass = (from: Socket, to: Socket, onFrozen: () => void) => {
      this.#sockets.add(from);
      from.on('data', (chunk) => (this.#isFrozen ? onFrozen() : to.write(chunk)));
      from.on('error', () => to.destroy());
      from.on('close', () => !this.#isFrozen && to.destroy());
    };
    pass(socket, upstream, this.#noteAsked);
    pass(upstream, socket, () => {});
  }
}
