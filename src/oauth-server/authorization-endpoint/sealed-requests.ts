import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { FormParameters } from '../../common/http/form-parameters.js';
import { Paths } from '../../common/http/paths.js';
import { Clock } from '../../common/time/clock.js';
import { type AuthorizationRequestEndpoint, interactionOf } from './step.js';

const PURPOSE = 'authorization request';
const MAX_AGE_MILLISECONDS = 3_600_000;

/** Whom a consent page asked, and for what. */
export interface ShownConsent {
  /** The id of the end user. */
  readonly to: string;
  readonly scopes: readonly string[];
}

/** An authorization request that travels with the browser past the sign-in and consent pages. */
export interface RequestInProgress {
  readonly parameters: FormParameters;
  /** When the client sent the end user here. A sign-in later than this instant is a sign-in for this request. */
  readonly startedAt: Date;
  /** What the consent page showed; undefined before there is one. */
  readonly shown?: ShownConsent | undefined;
}

/** A request in progress as JSON. */
interface SealedContent {
  readonly parameters: object;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly shown?: ShownConsent;
}

/**
 * Seals and opens requests in progress. They are not stored but travel through the browser, so that any number of tabs
 * and nodes can take part at once, and a request that is never finished leaves nothing behind.
 */
@Injectable()
export class SealedRequests {
  constructor(
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly paths: Paths,
  ) {}

  /** Text for a hidden field or a URL. */
  seal({ startedAt, ...rest }: RequestInProgress): string {
    return this.keys.sealJson({ ...rest, startedAt: startedAt.getTime() }, PURPOSE);
  }

  /** The path by which the sign-in page comes back into this endpoint. */
  resumePath(request: RequestInProgress, endpoint: AuthorizationRequestEndpoint): string {
    return `${this.paths.to(interactionOf(endpoint).resume)}?request=${this.seal(request)}`;
  }

  /** The request that `seal` made a text of; undefined when the text was altered. */
  open(sealed: string): RequestInProgress | undefined {
    const opened = this.keys.openJson<SealedContent>(sealed, PURPOSE);
    if (opened === undefined) return undefined;
    const { parameters, startedAt, shown } = opened;
    return { parameters: FormParameters.from(parameters), startedAt: new Date(startedAt), shown };
  }

  /** True for a request that began over an hour ago. */
  isTooOld({ startedAt }: RequestInProgress): boolean {
    return this.clock.now().getTime() - startedAt.getTime() > MAX_AGE_MILLISECONDS;
  }
}
