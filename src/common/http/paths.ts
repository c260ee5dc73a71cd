import { Injectable } from '@nestjs/common';
import { Issuer } from '../config/issuer.js';
import type { Route, RouteParameter } from './routes.js';

type ParametersOf<Pattern extends Route> = [RouteParameter<Pattern>] extends [never]
  ? []
  : [parameters: Readonly<Record<RouteParameter<Pattern>, string>>];

/**
 * Makes every address of this server: from a route, the issuer, and the mount path, which is the path of the issuer.
 * Nothing else puts an address together, so that this class alone knows where the server is mounted.
 */
@Injectable()
export class Paths {
  /** The path before every route: empty, or a path such as `/tenant`. */
  readonly mountPath: string;
  readonly #issuer: Issuer;

  constructor(issuer: Issuer) {
    this.#issuer = issuer;
    this.mountPath = new URL(issuer.url).pathname.replace(/\/+$/, '');
  }

  /** The path of a route, for a link, a form or a redirect: `/auth/:provider` with `github` is `/auth/github`. */
  to<Pattern extends Route>(route: Pattern, ...[parameters]: ParametersOf<Pattern>): string {
    return this.mountPath + filled(route, parameters);
  }

  /** The absolute URL of a route, for whoever is elsewhere: a client, a provider, a document of metadata. */
  url<Pattern extends Route>(route: Pattern, ...[parameters]: ParametersOf<Pattern>): string {
    return this.#issuer.url + filled(route, parameters);
  }

  /** The absolute URL of a path of this server, for whoever is elsewhere. */
  absolute(path: string): string {
    return this.#issuer.origin + path;
  }

  /** True for a path of this server that a browser cannot take for another origin (`//host`, `/\host`). */
  owns(path: string): boolean {
    if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return false;
    return new URL(path, this.#issuer.origin).origin === this.#issuer.origin;
  }
}

function filled(route: Route, parameters: Readonly<Record<string, string>> = {}): string {
  return route.replace(/(?<=\/):(\w+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
}
