import type { IncomingMessage, Server } from 'node:http';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type AbstractHttpAdapter, HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';

/**
 * Warns once, in the log, of a proxy that no setting trusts, because all callers behind it then have one address, for
 * limits and records alike. No answer depends on a header that is read here. Does nothing in an application that takes
 * no HTTP requests.
 */
@Injectable()
export class UntrustedForwarding implements OnApplicationBootstrap {
  readonly #logger = new Logger('Proxy');

  constructor(private readonly host: HttpAdapterHost) {}

  onApplicationBootstrap(): void {
    const adapter = this.host.httpAdapter as AbstractHttpAdapter | null;
    if (adapter === null) return;
    const express: Express = adapter.getInstance();
    const server: Server = adapter.getHttpServer();
    const look = (request: IncomingMessage) => {
      const header = forwardedHeaderOf(request);
      if (header === undefined || isTrusted(express, request)) return;
      server.off('request', look);
      this.#logger.warn(
        `A request from ${request.socket.remoteAddress} carries ${header.name}, and ${header.problem}: every caller behind ` +
          `that address counts as one. If a proxy stands there, ${header.fix}; if none does, somebody made the header up.`,
      );
    };
    server.on('request', look);
  }
}

interface ForwardedHeader {
  readonly name: string;
  readonly problem: string;
  readonly fix: string;
}

const READ: ForwardedHeader = {
  name: 'X-Forwarded-For',
  problem: 'nothing there is trusted',
  fix: "set TRUST_PROXY, or Express's setting `trust proxy` in an application of your own",
};

/** The header of RFC 7239 section 4. */
const NOT_READ: ForwardedHeader = {
  name: 'Forwarded',
  problem: 'that header is not read',
  fix: 'have it send X-Forwarded-For',
};

function forwardedHeaderOf({ headers }: IncomingMessage): ForwardedHeader | undefined {
  if (headers['x-forwarded-for'] !== undefined) return READ;
  return headers.forwarded === undefined ? undefined : NOT_READ;
}

function isTrusted(express: Express, { headers, socket }: IncomingMessage): boolean {
  const trusts: (address: string, hop: number) => boolean = express.get('trust proxy fn');
  return headers['x-forwarded-for'] !== undefined && trusts(socket.remoteAddress ?? '', 0);
}
