import type { ArgumentsHost, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { throwError } from 'rxjs';
import type { OAuthError } from '../errors/oauth-error.js';

/** What a handler of one kind of context (`http`, `graphql`, `ws`, `rpc`) has of a request, and how it is refused. */
interface Transport {
  /** The HTTP request that credentials came with; undefined where there is none. */
  requestOf(context: ExecutionContext): Request | undefined;
  /** Answers in the shape of the transport; what is returned is what Nest hands on. */
  refuse(error: OAuthError, body: Body, host: ArgumentsHost): unknown;
}

/** The JSON of a refusal. */
type Body = Readonly<Record<string, string>>;

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
    requestOf: (context) => {
      const { req, request } = context.getArgByIndex<{ req?: Request; request?: Request } | undefined>(2) ?? {};
      const found = req ?? request;
      return found?.res === undefined ? messageOf(found, context) : found;
    },
    refuse: (error) => {
      throw error;
    },
  },
  ws: {
    requestOf: (context) => {
      const { request, handshake, upgradeReq } = context.switchToWs().getClient<SocketClient>();
      return messageOf(request ?? upgradeReq, context, handshake?.auth?.token);
    },
    refuse: (error, body, host) => {
      const client = host.switchToWs().getClient<SocketClient>();
      const data = { status: 'error', message: error.description, ...body };
      if (client.handshake === undefined) client.send?.(JSON.stringify({ event: 'exception', data }));
      else client.emit?.('exception', data);
      return undefined;
    },
  },
  rpc: {
    requestOf: () => undefined,
    refuse: (error, body) => throwError(() => ({ status: 'error', message: error.description, ...body })),
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
export function requestOf(context: ExecutionContext): Request | undefined {
  if (isHttp(context)) return context.switchToHttp().getRequest<Request>();
  return TRANSPORTS[context.getType<string>()]?.requestOf(context);
}

/** Refuses in the shape of the transport, for handlers other than those of HTTP routes. */
export function refuse(error: OAuthError, body: Body, host: ArgumentsHost): unknown {
  const transport = TRANSPORTS[host.getType<string>()];
  if (transport === undefined) throw error;
  return transport.refuse(error, body, host);
}

/** For each request of a handshake, what the messages to each handler have of it. */
const messages = new WeakMap<Request, Map<unknown, Request>>();

/**
 * What a message to a handler has of the handshake of its socket: the request, with the token of the handshake and what
 * the guard of this handler found. A socket outlives sign-ins, so the end user is read again for each message, and never
 * kept. Undefined where nobody kept the request of the handshake.
 */
function messageOf(handshake: Request | undefined, context: ExecutionContext, token?: unknown): Request | undefined {
  if (typeof handshake?.headers !== 'object') return undefined;
  const byHandler = messages.get(handshake) ?? new Map<unknown, Request>();
  messages.set(handshake, byHandler);
  const known = byHandler.get(context.getHandler());
  if (known !== undefined) return known;
  const headers = { ...handshake.headers };
  if (typeof token === 'string') headers.authorization ??= `Bearer ${token}`;
  const message: Request = Object.create(handshake, {
    headers: { value: headers },
    accessToken: { value: undefined, writable: true },
    endUser: { get: () => undefined, set: () => undefined },
  });
  byHandler.set(context.getHandler(), message);
  return message;
}
