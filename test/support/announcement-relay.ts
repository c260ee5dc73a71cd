import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { PostgresConnection } from '../../src/app/database/postgres-connection.js';

/** Type byte and length, by which every message of PostgreSQL begins. */
const HEADER_BYTES = 5;
const NOTIFICATION = 'A'.charCodeAt(0);

/**
 * A network hop before PostgreSQL that can lose announcements, as poolers do, refuse LISTEN, as standby
 * servers do, and lose the answer to what was done.
 */
export class AnnouncementRelay {
  /** Whether an announcement on this channel is lost. */
  loses: (channel: string) => boolean = () => false;
  /** True while PostgreSQL refuses to LISTEN, as a standby server does. */
  refusesListen = false;
  /** The connection breaks when PostgreSQL has answered a message that holds this text: whoever asked never knows. */
  breaksAfter: string | undefined;
  /** How often LISTEN was refused. */
  refusals = 0;
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: PostgresConnection,
  ) {
    server.on('connection', (client) => this.#relay(client));
  }

  static async start(target: PostgresConnection): Promise<AnnouncementRelay> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new AnnouncementRelay(server, target);
  }

  /** The connection to the same database by way of the relay. */
  get connection(): PostgresConnection {
    return { ...this.target, host: '127.0.0.1', port: (this.server.address() as AddressInfo).port };
  }

  /** Ends every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  #relay(client: Socket): void {
    const { host, port } = this.target;
    const server = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one);
      one.setNoDelay();
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    let isDoomed = false;
    client.on('data', (chunk) => {
      isDoomed ||= this.breaksAfter !== undefined && (chunk as Buffer).includes(this.breaksAfter);
      server.write(this.#asked(chunk as Buffer));
    });
    let rest: Buffer = Buffer.alloc(0);
    server.on('data', (chunk) => {
      if (isDoomed) return void client.destroy();
      rest = Buffer.concat([rest, chunk as Buffer]);
      while (rest.length >= HEADER_BYTES && rest.length > rest.readUInt32BE(1)) {
        const length = rest.readUInt32BE(1) + 1;
        const message = rest.subarray(0, length);
        rest = rest.subarray(length);
        if (message[0] !== NOTIFICATION || !this.loses(channelOf(message))) client.write(message);
      }
    });
  }

  #asked(chunk: Buffer): Buffer {
    const text = chunk.toString('latin1');
    if (!this.refusesListen || !text.includes('LISTEN "')) return chunk;
    this.refusals += 1;
    return Buffer.from(text.replaceAll('LISTEN "', 'LISTLE "'), 'latin1');
  }
}

/** Behind the process id of whoever announced it. */
function channelOf(message: Buffer): string {
  const start = HEADER_BYTES + 4;
  return message.toString('utf8', start, message.indexOf(0, start));
}
