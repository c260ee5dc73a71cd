import { randomUUID } from 'node:crypto';
import { HttpException } from '@nestjs/common';

/** A link that takes an end user on from an error page. */
export interface WayOn {
  readonly label: string;
  /** A path of this server. */
  readonly href: string;
}

/** The texts of an error: for the client, and for the log alone. */
export interface ErrorText {
  /**
   * Sent as `error_description`: tells the client what to change, in printable ASCII without `"` and `\` (RFC 6749
   * section 5.2).
   */
  readonly description: string;
  /** For the log, on one line. An error page shows it too where the issuer is this machine, for developers. */
  readonly detail?: string;
  /** The link by which an end user goes on from the page that this error becomes. */
  readonly wayOn?: WayOn;
}

/** Both texts may quote a request, which may be large. */
const MAX_LENGTH = 1000;

/**
 * Base of every refusal that has a wire code. Each code is one subclass, and those of one RFC share a file.
 *
 * A refusal is an HttpException, so that a filter of the application's answers it as one of Nest's own: its response is
 * the body of RFC 6749 section 5.2, and its message is the text for the client. What is for the log is `detail`.
 */
export abstract class OAuthError extends HttpException {
  /** The `error` value on the wire. */
  abstract readonly code: string;
  /** The HTTP status of a direct answer; a redirected error has none. */
  readonly statusCode: number = 400;
  readonly description: string;
  readonly detail: string | undefined;
  readonly wayOn: WayOn | undefined;
  #referenceId: string | undefined;

  constructor({ description, detail, wayOn }: ErrorText) {
    const loggedText = detail?.slice(0, MAX_LENGTH).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
    const sentText = description.slice(0, MAX_LENGTH).replace(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, '?');
    super(sentText, 400);
    // Nest keeps both in private fields that are set once, before the fields of a subclass are; some filters read those.
    Object.defineProperties(this, {
      status: { get: () => this.statusCode },
      response: { get: () => this.getResponse() },
    });
    this.name = new.target.name;
    this.description = sentText;
    this.detail = loggedText;
    this.wayOn = wayOn;
  }

  /** The id by which the log, the event and an error page name this very refusal. */
  get referenceId(): string {
    this.#referenceId ??= randomUUID();
    return this.#referenceId;
  }

  override getStatus(): number {
    return this.statusCode;
  }

  /** The JSON of the answer (RFC 6749 section 5.2). */
  override getResponse(): Readonly<Record<string, string>> {
    return { error: this.code, error_description: this.description, ...this.members };
  }

  /** Further members of the JSON of the answer (RFC 6749 section 5.2 allows extensions). */
  get members(): Readonly<Record<string, string>> {
    return {};
  }

  /** Headers that the answer must carry, for example WWW-Authenticate. */
  get headers(): Readonly<Record<string, string>> {
    return {};
  }
}

/** Why something failed, in the words for the log: the detail of a refusal of ours, or the message of another error. */
export function reasonOf(error: unknown): string {
  if (error instanceof OAuthError) return error.detail ?? error.description;
  return error instanceof Error ? error.message : String(error);
}
