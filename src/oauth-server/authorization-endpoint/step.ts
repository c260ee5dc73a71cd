import type { Request, Response } from 'express';
import type { Answer } from './answer.js';

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

/** An endpoint by its letter in the table: authorize, resume after sign-in, the decision on the consent page. */
export type AuthorizeEndpoint = 'A' | 'R' | 'D';

/** A step, after the letters of the endpoints that take it. */
export type StepRow = readonly ['A' | '-', 'R' | '-', 'D' | '-', StepClass];

type Needs<Class> = Class extends new (...parameters: never[]) => { run(known: infer Known): unknown } ? Known : never;

type Finds<Class> = Class extends new (
  ...parameters: never[]
) => { run(known: never): infer Found }
  ? Extract<Exclude<Awaited<Found>, Answer>, object>
  : never;

type And<Known, Found> = [Found] extends [never] ? Known : Known & Found;

/** The first step of an endpoint that comes before what it needs, with what it lacks there; never if all is well. */
type Misplaced<Rows, Endpoint, Known = Incoming> = Rows extends readonly [infer Row, ...infer Rest]
  ? Row extends readonly [...infer Letters, infer Class]
    ? Endpoint extends Letters[number]
      ? Known extends Needs<Class>
        ? Misplaced<Rest, Endpoint, And<Known, Finds<Class>>>
        : { readonly misplaced: Class; readonly lacks: Exclude<keyof Needs<Class>, keyof Known> }
      : Misplaced<Rest, Endpoint, Known>
    : never
  : never;

/** The table as it is given; it does not compile while a step comes before those that find what it needs. */
export function inOrder<const Rows extends readonly StepRow[]>(
  rows: Rows & ([Misplaced<Rows, AuthorizeEndpoint>] extends [never] ? unknown : Misplaced<Rows, AuthorizeEndpoint>),
): Rows {
  return rows;
}
