import { isIP } from 'node:net';
import type { LogLevel } from '@nestjs/common';
import { Issuer } from '../../common/config/issuer.js';
import { KeyRing } from '../../common/crypto/key-ring.js';
import type { DatabaseOptions } from '../../common/database/database.options.js';
import type { DatabaseConnection } from '../../common/database/database-connection.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { parseUrl } from '../../common/url/parse-url.js';

const LOG_LEVELS: readonly LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug', 'verbose'];

/**
 * A TCP port; 0 stands for any free one. Raises a RangeError that says what is wrong, as every reader of this file
 * does.
 */
export function parsePort(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new RangeError(`is "${text}", which is not a port number`);
  return Number(text);
}

/**
 * An issuer identifier (RFC 8414 section 2) as its origin: https, in production at least unless on this machine, and
 * without a path, because the routes and the well-known documents stand at the root of the host.
 */
export function parseIssuer(text: string, production: boolean): string {
  if (!/^https?:\/\//i.test(text) || parseUrl(text) === undefined)
    throw new RangeError(`is "${text}", not an absolute http(s) URL`);
  const url = new URL(text);
  if (/[?#]/.test(text)) throw new RangeError('has a query or a fragment');
  if (url.username || url.password) throw new RangeError('carries a user name or a password');
  if (/%|\/\//.test(url.pathname)) throw new RangeError(`has the path ${url.pathname}, which is no plain one`);
  if (production && url.protocol === 'http:' && !new Issuer(text).isLocal) {
    throw new RangeError('is http, so that passwords and tokens would travel in the clear');
  }
  return url.origin + url.pathname.replace(/\/$/, '');
}

/** The issuer where none is named: this machine by the address it listens on, or `localhost` where that is of no use to a browser. */
export function localIssuer(address: string | undefined, port: number): string {
  const host = address === undefined || /^(0\.0\.0\.0|::|127\..*|::1|localhost)$/.test(address) ? 'localhost' : address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * The address to which the start page leads: an absolute http or https URL, or a path of this server. Neither the start
 * page itself nor the sign-in page is taken, because the sign-in page leads an end user who is signed in to the start
 * page.
 */
export function parseHomeUrl(text: string, issuer: string): string {
  const paths = new Paths(new Issuer(issuer));
  const isPath = paths.owns(text);
  if (!isPath && (!/^https?:\/\//i.test(text) || parseUrl(text) === undefined)) {
    throw new RangeError(`is "${text}", neither an absolute http(s) URL nor a path of this server`);
  }
  const { origin, pathname } = new URL(text, issuer);
  const goesBack = [ROUTES.home, ROUTES.signIn].map((route) => paths.to(route).replace(/\/$/, ''));
  if (origin === new URL(issuer).origin && goesBack.includes(pathname.replace(/\/$/, '')))
    throw new RangeError('leads back to itself');
  return text;
}

/** A PostgreSQL URL, or `embedded`. */
export function parseDatabase(text: string): DatabaseConnection | 'embedded' {
  return text === 'embedded' ? text : parseDatabaseUrl(text);
}

/** A PostgreSQL URL. */
export function parseDatabaseUrl(text: string): { url: string } {
  if (!/^postgres(ql)?:\/\//.test(text) || parseUrl(text) === undefined)
    throw new RangeError('is not a postgres:// URL');
  if (!/^\/[^/]+$/.test(new URL(text).pathname)) throw new RangeError('names no database after the host');
  return { url: text };
}

/** What stands between here and PostgreSQL. */
export function parsePooler(text: string): DatabaseOptions['pooler'] {
  if (text !== 'none' && text !== 'transaction') throw new RangeError(`is "${text}"`);
  return text;
}

/** A whole number within bounds. */
export function parseCount(text: string, least: number, most: number): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= least && count <= most)) throw new RangeError(`is "${text}"`);
  return count;
}

/** The text of a key ring: KeyRing must take it, and its keys must look random. */
export function parseSecretKeys(text: string): string {
  try {
    KeyRing.parse(text);
  } catch (error) {
    throw new RangeError(`cannot be used: ${(error as Error).message}`);
  }
  for (const entry of text.split(',')) {
    const [id = '', key = ''] = entry.trim().split(':');
    // Of 32 random bytes about 30 are different; fewer than 16 does not happen.
    if (new Set(Buffer.from(key, 'base64url')).size < 16) throw new RangeError(`is weak: key "${id}" is not random`);
  }
  return text;
}

/** An address of this machine to listen on: an IP address, or `localhost`. */
export function parseAddress(text: string): string {
  if (isIP(text) === 0 && text !== 'localhost')
    throw new RangeError(`is "${text}", neither an IP address nor localhost`);
  return text;
}

/** Whole seconds from `least` to ten minutes. */
export function parseSeconds(text: string, least = 0): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) < least || Number(text) > 600) throw new RangeError(`is "${text}"`);
  return Number(text);
}

/** How many proxies stand in front, or their addresses, in Express's terms (`trust proxy`). */
export function parseTrustProxy(text: string): number | string[] {
  if (/^\d+$/.test(text)) return Number(text);
  const entries = text.split(',').map((entry) => entry.trim());
  for (const entry of entries) {
    const [address = '', bits = '0'] = entry.split('/');
    const isRange = isIP(address) > 0 && /^\d+$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
    if (!isRange && !['loopback', 'linklocal', 'uniquelocal'].includes(entry)) {
      throw new RangeError(`contains "${entry}", which is neither a number of proxies nor an address`);
    }
  }
  return entries;
}

/** The log levels that are on: the named one and every graver one. */
export function parseLogLevels(text: string): LogLevel[] {
  const index = LOG_LEVELS.indexOf(text as LogLevel);
  if (index === -1) throw new RangeError(`is "${text}", which is not one of ${LOG_LEVELS.join(', ')}`);
  return LOG_LEVELS.slice(0, index + 1);
}

/** `on` or `off`. */
export function parseSwitch(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new RangeError(`is "${text}"`);
  return text === 'on';
}
