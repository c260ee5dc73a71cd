import type { HttpAdapterHost } from '@nestjs/core';
import type { Request } from 'express';

/**
 * What each application in this process has of its own. passport has one registry for all of them, in which the strategy
 * of the last stands for every one.
 */
export class ByApplication<Own> {
  readonly #own = new WeakMap<object, Own>();

  /** Keeps it for the application; does nothing in one that takes no HTTP requests, such as a pure microservice. */
  set({ httpAdapter }: HttpAdapterHost, own: Own): void {
    const application: object | undefined = httpAdapter?.getInstance();
    if (application !== undefined) this.#own.set(application, own);
  }

  /** What the application has that took the request. */
  of({ app }: Request): Own | undefined {
    return this.#own.get(app);
  }
}
