import type { Request, Response } from 'express';
import type { Route } from '../../common/http/routes.js';
import type { Answer } from './answer.js';

/**
 * An endpoint that takes an authorization request, under the name that the rows of the table give it. Each endpoint
 * tells a refusal in its own way, for example by a redirect to the client or as JSON.
 */
export interface AuthorizationRequestEndpoint<Name extends string = string> {
  readonly name: Name;
  /** The routes to which our own pages send the end user back; left out for an endpoint that shows no pages. */
  readonly interaction?: Interaction;
  /**
   * Answers a refusal. `context` holds the values that the steps had established by then. An error that `refuse` raises
   * becomes the JSON or the page by which every other endpoint of this server refuses.
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

/** The context of the first step. */
export interface Incoming {
  readonly endpoint: AuthorizationRequestEndpoint;
  readonly request: Request;
  readonly response: Response;
}

/**
 * One check or act on the way through an endpoint. The parameter of `run` names the values that the step needs. `run`
 * returns an object of the values that it established, nothing, or the Answer that ends the request, and raises an
 * OAuthError to refuse.
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

/**
 * The first step of an endpoint that stands before a step that it needs, with the values that it lacks; never when the
 * order is right.
 */
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
 * Returns the table as it is given. The call does not compile while a step stands before the steps that establish what
 * it needs, at any endpoint; so a misspelt endpoint does not compile either.
 */
export function inOrder<const Rows extends readonly StepRow[]>(
  rows: Rows & ([Misplaced<Rows, EndpointName<Rows>>] extends [never] ? unknown : Misplaced<Rows, EndpointName<Rows>>),
): Rows {
  return rows;
}
