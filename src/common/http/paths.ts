import { Inject, Injectable, Optional, RequestMethod } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';
import type { Request } from 'express';
import { CommonOptions } from '../config/common.options.js';
import { Issuer } from '../config/issuer.js';
import { ROUTES, type Route, type RouteParameter } from './routes.js';

/** DI token of the option `basePath`: the path below the prefix at which all our routes stand; empty by default. */
export const BASE_PATH = Symbol('BASE_PATH');

/** Where routes are. */
interface Places {
  /** The global prefix as the application gave it. */
  readonly given: string;
  /** The same as a path: empty, or `/v1`. */
  readonly prefix: string;
  /** What stands before the prefix in every address, and is stripped on the way here. */
  readonly outer: string;
  readonly known: Map<Route, string>;
}

type ParametersOf<Pattern extends Route> = [RouteParameter<Pattern>] extends [never]
  ? []
  : [parameters: Readonly<Record<RouteParameter<Pattern>, string>>];

/**
 * Makes every address of this server: from a route, the issuer, the global prefix of the application, and the path of
 * the issuer. Where that path ends with the prefix, the two are one: `https://api.example/v1` with `setGlobalPrefix('v1')`.
 * What is left of it stands before the prefix, as behind a proxy that strips it. Nothing else puts an address together.
 */
@Injectable()
export class Paths {
  /** The path of the issuer: empty, or a path such as `/tenant`. */
  readonly issuerPath: string;
  readonly #issuer: Issuer;
  readonly #application: ApplicationConfig | undefined;
  readonly #home: string | undefined;
  /** Where routes are registered, by the prefix that the application had then. */
  #places: Places | undefined;

  constructor(
    issuer: Issuer,
    @Optional() application?: ApplicationConfig,
    @Optional() @Inject(CommonOptions) options?: CommonOptions,
    /** The option `basePath`. */
    @Optional() @Inject(BASE_PATH) private readonly basePath = '',
  ) {
    this.#issuer = issuer;
    this.#application = application;
    this.#home = options?.home;
    this.issuerPath = new URL(issuer.url).pathname.replace(/\/+$/, '');
  }

  /** The path to which the end user is led where nothing else is asked for: the option `home`, or the start page. */
  get home(): string {
    return this.#home ?? this.to(ROUTES.home);
  }

  /** The path of a route, for a link, a form or a redirect: `/auth/:provider` with `github` is `/auth/github`. */
  to<Pattern extends Route>(route: Pattern, ...[parameters]: ParametersOf<Pattern>): string {
    const { outer } = this.#placesNow();
    return outer + filled(this.placeOf(route), parameters);
  }

  /** The absolute URL of a route, for whoever is elsewhere: a client, a provider, a document of metadata. */
  url<Pattern extends Route>(route: Pattern, ...parameters: ParametersOf<Pattern>): string {
    return this.#issuer.origin + this.to(route, ...parameters);
  }

  /** The absolute URL of a path of this server, for whoever is elsewhere. */
  absolute(path: string): string {
    return this.#issuer.origin + path;
  }

  /** The path and query by which the browser asked, although a proxy may have stripped the path of the issuer. */
  of({ originalUrl }: Pick<Request, 'originalUrl'>): string {
    const { outer } = this.#placesNow();
    return isBelow(outer, originalUrl) ? originalUrl : outer + originalUrl;
  }

  /** The pattern by which a route is registered in this process: with the prefix of the application, unless it excludes it. */
  placeOf(route: Route): string {
    const { prefix, known } = this.#placesNow();
    if (prefix === '' && this.basePath === '') return route;
    const place = known.get(route) ?? this.#register(route, prefix);
    known.set(route, place);
    return place;
  }

  /** The path of a route as middleware is bound to it, before which Nest puts the prefix by itself. */
  belowPrefix(route: Route): string {
    return this.basePath + route;
  }

  /** The path in this process of an address of this server: without what stands before the prefix. */
  inside(path: string): string {
    const { outer } = this.#placesNow();
    return isBelow(outer, path) ? path.slice(outer.length) : path;
  }

  /** True for a path of this server that a browser cannot take for another origin (`//host`, `/\host`). */
  owns(path: string): boolean {
    if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return false;
    return new URL(path, this.#issuer.origin).origin === this.#issuer.origin;
  }

  /** An application sets its prefix after its modules are made, and may ask for addresses before. */
  #placesNow(): Places {
    const given = this.#application?.getGlobalPrefix() ?? '';
    if (given !== this.#places?.given) {
      const prefix = plain(given);
      const inner = prefix + this.basePath;
      const isOne = inner !== '' && this.issuerPath.endsWith(inner);
      const outer = isOne ? this.issuerPath.slice(0, -inner.length) : this.issuerPath;
      this.#places = { given, prefix, outer, known: new Map() };
    }
    return this.#places;
  }

  /** Asks Nest, whose application may exclude some routes from its prefix. */
  #register(route: Route, globalPrefix: string): string {
    const [place = route] = new RoutePathFactory(this.#application as ApplicationConfig).create(
      { modulePath: this.basePath, methodPath: route, globalPrefix },
      RequestMethod.GET,
    );
    return route === ROUTES.home && place !== '/' ? `${place}/` : place;
  }
}

/** The prefix `v1/` as `/v1`. */
function plain(prefix: string): string {
  const bare = prefix.replaceAll(/^\/+|\/+$/g, '');
  return bare === '' ? '' : `/${bare}`;
}

function isBelow(outer: string, path: string): boolean {
  return path.startsWith(outer) && /^(?:[/?]|$)/.test(path.slice(outer.length));
}

function filled(pattern: string, parameters: Readonly<Record<string, string>> = {}): string {
  return pattern.replace(/(?<=\/):(\w+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
}
