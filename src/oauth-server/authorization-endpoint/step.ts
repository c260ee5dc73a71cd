import type { Request, Response } from 'express';
import type { Route } from '../../common/http/routes.js';
import type { Answer } from './answer.js';

/**
 * An endpoint that takes an authorization request, under the name that the rows of the table give it. It has a voice of
 * its own: how it tells a refusal, for example by a redirect to the client or as JSON.
 */
export interface AuthorizationRequestEndpoint<Name extends string = string> {
  readonly name: Name;
  /** Where our own pages send the end user back to; left out where an endpoint shows none. */
  readonly interaction?: Interaction;
  /**
   * Answers a refusal. `context` holds what the steps had established by then. What it raises becomes the JSON or the
   * page that every other endpoint refuses with.
   */
  refuse(context: object, error: unknown): Answer | Promise<Answer>;
}

/** The routes that lead back into an endpoint from our own pages. */
export interface Interaction {
  /** The sign-in page comes back here, with the sealed request in the query. */
  readonly resume: Route;
  /** The consent page posts its form here. */
  readonly decision: Route;
}

/** The interaction of an endpoint. Throws for one that has none, whose steps must not show a page. */
export function interactionOf({ name, interaction }: AuthorizationRequestEndpoint): Interaction {
  if (interaction === undefined) throw new Error(`${name} shows no pages, so nothing can lead back into it`);
  return interaction;
}

/** What the first step is told. */
export interface Incoming {
  readonly endpoint: AuthorizationRequestEndpoint;
  readonly request: Request;
  readonly response: Response;
}

/**
 * One check or act on the way through an endpoint. A step names what it needs to know in its parameter. It returns an
 * object of what it established, nothing, or the Answer that ends the request; it raises an OAuthError to refuse.
 */
export interface Step {
  run(context: never): unknown;
}

/** The class of a step, as a module provides it. */
export type StepClass = new (...parameters: never[]) => Step;

/** A step, followed by the names of the endpoints that take it. */
export type StepRow = readonly [step: StepClass, ...endpoints: readonly string[]];

/** The name of every endpoint that some row of a table mentions. */
export type EndpointName<Rows extends readonly StepRow[]> = NamesIn<Rows[number]>;

type NamesIn<Row> = Row extends readonly [StepClass, ...infer Names extends readonly string[]] ? Names[number] : never;

type Needs<Class> = Class extends new (
  ...parameters: never[]
) => { run(context: infer Context): unknown }
  ? Context
  : never;

type Establishes<Class> = Class extends new (
  ...parameters: never[]
) => { run(context: never): infer Result }
  ? Extract<Exclude<Awaited<Result>, Answer>, object>
  : never;

type And<Context, Result> = [Result] extends [never] ? Context : Context & Result;

/** The first step of an endpoint that comes before what it needs, with what it lacks there; never if all is well. */
type Misplaced<Rows, Endpoint, Context = Incoming> = Rows extends readonly [infer Row, ...infer Rest]
  ? Row extends readonly [infer Class, ...infer Names]
    ? Endpoint extends Names[number]
      ? Context extends Needs<Class>
        ? Misplaced<Rest, Endpoint, And<Context, Establishes<Class>>>
        : {
            readonly misplaced: Class;
            readonly at: Endpoint;
            readonly lacks: Exclude<keyof Needs<Class>, keyof Context>;
          }
      : Misplaced<Rest, Endpoint, Context>
    : never
  : never;

/**
 * The table as it is given. It does not compile while a step comes before those that establish what it needs, at any
 * of the endpoints that take it; so a misspelt endpoint does not compile either.
 */
export function inOrder<const Rows extends readonly StepRow[]>(
  rows: Rows & ([Misplaced<Rows, EndpointName<Rows>>] extends [never] ? unknown : Misplaced<Rows, EndpointName<Rows>>),
): Rows {
  return rows;
}
