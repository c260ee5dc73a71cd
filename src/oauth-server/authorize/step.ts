import type { Request, Response } from 'express';

/** All that is known before the first step. */
export interface Incoming {
  readonly request: Request;
  readonly response: Response;
}

/**
 * One check or act on the way through an endpoint. It names what it needs to know in its parameter, and returns an
 * object of what it found out, nothing, or the Answer that ends the way here; it raises an OAuthError to refuse.
 */
export interface Step {
  run(known: never): unknown;
}

/** The class of a step, as a module provides it. */
export type StepClass = new (...parameters: never[]) => Step;
