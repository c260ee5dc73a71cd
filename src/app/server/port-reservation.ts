import { type AddressInfo, createServer, type Server } from 'node:net';

/** A TCP port that is kept from others while the server starts, because its number is part of the issuer's URL. */
export class PortReservation {
  private constructor(
    readonly port: number,
    private readonly holder: Server,
  ) {}

  /**
   * Takes a port at an address of this machine (undefined: at every one), or when it is in use and `orNext` the first free one above it.
   * Rejects with node's EADDRINUSE, EACCES or EADDRNOTAVAIL error.
   */
  static async take(
    port: number,
    { address, orNext }: { address: string | undefined; orNext: boolean },
  ): Promise<PortReservation> {
    for (let candidate = port; ; candidate += 1) {
      try {
        const holder = await hold(candidate, address);
        return new PortReservation((holder.address() as AddressInfo).port, holder);
      } catch (error) {
        const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
        if (!taken || !orNext || candidate === 65_535) throw error;
      }
    }
  }

  /** Frees the port for the one that listens on it next. */
  release(): Promise<void> {
    return new Promise((resolve) => this.holder.close(() => resolve()));
  }
}

/** Listens on the port, and turns away at once whoever connects before the server is ready. */
function hold(port: number, address: string | undefined): Promise<Server> {
  return new Promise((resolve, reject) => {
    const holder = createServer((socket) => socket.destroy());
    holder.once('error', reject);
    holder.listen(port, address, () => resolve(holder));
  });
}
