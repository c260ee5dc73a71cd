import type { ArgumentsHost } from '@nestjs/common';
import type { Request } from 'express';
import { throwError } from 'rxjs';
import type { OAuthError } from '../errors/oauth-error.js';

/** What a handler of one kind of context (`http`, `graphql`, `ws`, `rpc`) has of a request, and how it is refused. */
interface Transport {
  /** The HTTP request that credentials came with; undefined where there is none. */
  requestOf(host: ArgumentsHost): Request | undefined;
  /** Answers in the shape of the transport; what is returned is what Nest hands on. */
  refuse(error: OAuthError, host: ArgumentsHost): unknown;
}

/** A client of @nestjs/platform-socket.io or @nestjs/platform-ws, as far as we read it. */
interface SocketClient {
  /** socket.io: the request of the handshake. */
  readonly request?: Request;
  /** socket.io: `auth` of the client's options, where a browser puts its token. */
  readonly handshake?: { readonly auth?: { readonly token?: unknown } };
  /** ws: the request of the upgrade, where the gateway keeps it: `client.upgradeReq = request` in handleConnection. */
  readonly upgradeReq?: Request;
  send?(text: string): void;
  emit?(event: string, body: object): void;
}

const TRANSPORTS: Readonly<Record<string, Transport>> = {
  graphql: {
    requestOf: (host) => {
      const { req, request } = host.getArgByIndex<{ req?: Request; request?: Request } | undefined>(2) ?? {};
      return withHeaders(req ?? request);
    },
    refuse: (error) => {
      throw error;
    },
  },
  ws: {
    requestOf: (host) => {
      const { request, handshake, upgradeReq } = host.switchToWs().getClient<SocketClient>();
      const found = withHeaders(request ?? upgradeReq);
      const token = handshake?.auth?.token;
      if (found !== undefined && typeof token === 'string') found.headers.authorization ??= `Bearer ${token}`;
      return found;
    },
    refuse: (error, host) => {
      const client = host.switchToWs().getClient<SocketClient>();
      const data = { status: 'error', message: error.description, ...error.getResponse() };
      if (client.handshake === undefined) client.send?.(JSON.stringify({ event: 'exception', data }));
      else client.emit?.('exception', data);
      return undefined;
    },
  },
  rpc: {
    requestOf: () => undefined,
    refuse: (error) => throwError(() => ({ status: 'error', message: error.description, ...error.getResponse() })),
  },
};

/** True for a handler of an HTTP route, whose refusal is an HTTP answer. */
export function isHttp(host: ArgumentsHost): boolean {
  return host.getType() === 'http';
}

/**
 * The HTTP request behind a handler: that of the route, of the GraphQL operation (`context: ({ req }) => ({ req })`, as
 * @nestjs/apollo has it without a setting), or of the handshake of a socket. Undefined for a message of a microservice
 * and for a kind of context that nobody here knows.
 */
export function requestOf(host: ArgumentsHost): Request | undefined {
  return isHttp(host) ? host.switchToHttp().getRequest<Request>() : TRANSPORTS[host.getType<string>()]?.requestOf(host);
}

/** Refuses in the shape of the transport, for handlers other than those of HTTP routes. */
export function refuse(error: OAuthError, host: ArgumentsHost): unknown {
  const transport = TRANSPORTS[host.getType<string>()];
  if (transport === undefined) throw error;
  return transport.refuse(error, host);
}

function withHeaders(request: Request | undefined): Request | undefined {
  return typeof request?.headers === 'object' ? request : undefined;
}
