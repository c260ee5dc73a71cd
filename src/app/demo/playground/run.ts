import type { Check } from './check-list.js';

/** A request as it went over the wire. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  /** Absolute. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The answer as it came back. */
export interface WireResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One request with its response. */
export interface Exchange {
  readonly title: string;
  readonly request: WireRequest;
  readonly response: WireResponse;
}

/** A parameter of a request or response, and what it is for. */
export interface ExplainedParameter {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** A token taken apart. */
export interface DecodedToken {
  readonly title: string;
  /** As JSON for a JWT; undefined for an opaque token. */
  readonly header: string | undefined;
  readonly claims: string | undefined;
  readonly checks: readonly Check[];
}

/** One step of a run as the page tells it. */
export interface Chapter {
  /** The name of the step. */
  readonly step: string;
  readonly title: string;
  /** One or two sentences: what happened and what it means. */
  readonly summary: string;
  /** The address that the browser was sent to or came back with. */
  readonly address?: string;
  readonly parameters?: readonly ExplainedParameter[];
  readonly checks?: readonly Check[];
  readonly exchanges?: readonly Exchange[];
  readonly tokens?: readonly DecodedToken[];
}

/** A refresh token that was exchanged for a newer one. */
export interface SpentRefreshToken {
  readonly token: string;
  /** When the token was spent, since the epoch. */
  readonly spentAtMilliseconds: number;
  /** The body that came back. */
  readonly answer: string;
}

/** The tokens that the partner app holds. */
export interface HeldTokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly idToken: string | undefined;
  readonly spentRefreshToken?: SpentRefreshToken;
}

/** The secrets and parameters that the partner app keeps between sending the browser away and its return. */
export interface Flow {
  /** The parameters of the authorization request. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly codeVerifier: string;
}

/** One walk through the flow, from the callback on. A run is not stored: it travels sealed in the page. */
export interface Run {
  readonly flow: Flow;
  readonly code: string | undefined;
  readonly tokens: HeldTokens | undefined;
  /** The latest chapter of each step, in order. */
  readonly chapters: readonly Chapter[];
}

/** The run with one more chapter, or a newer one in the place of an older of the same step. */
export function withChapter(run: Run, chapter: Chapter): Run {
  const others = run.chapters.filter(({ step }) => step !== chapter.step);
  return { ...run, chapters: [...others, chapter] };
}

/** True when the step was taken. */
export function hasTaken({ chapters }: Run, step: string): boolean {
  return chapters.some((chapter) => chapter.step === step);
}
