import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const LOOK_MILLISECONDS = 50;
/** How long a connection may be open without a first request. Browsers open some connections that they never use. */
const SILENT_MILLISECONDS = 1000;

/** Sends the clients of an HTTP server away without failing one of their requests. */
export class Drain {
  readonly #sockets = new Set<Socket>();

  constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Goes on answering, but asks by each answer to open no further request on its connection (RFC 9112 section 9.6). */
  begin(): void {
    this.server.prependListener('request', (_request, response) => response.setHeader('Connection', 'close'));
  }

  /**
   * Closes the port, lets requests that are under way get their answers, and resolves when the last connection is
   * closed. Connections that are kept alive end as soon as they are idle, and those that never sent anything after a
   * second.
   */
  async finish(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    const start = performance.now();
    const look = setInterval(() => {
      this.server.closeIdleConnections();
      if (performance.now() - start > SILENT_MILLISECONDS) this.#closeSilentConnections();
    }, LOOK_MILLISECONDS);
    await closed;
    clearInterval(look);
  }

  /** Closes every connection, whatever is under way on it. */
  cutOff(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #closeSilentConnections(): void {
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
  }
}
