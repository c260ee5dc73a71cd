import type { OnModuleInit } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import { Answer } from './answer.js';
import type { AuthorizationRequestEndpoint, EndpointName, Incoming, Step, StepRow } from './step.js';

/** Walks a table of steps for one endpoint. Each step is given the values that the steps before it established. */
export class AuthorizationPipeline<Rows extends readonly StepRow[] = readonly StepRow[]> implements OnModuleInit {
  readonly #steps = new Map<string, Step[]>();

  /** `modules` is where the steps of the table come from. */
  constructor(
    private readonly table: Rows,
    private readonly modules: ModuleRef,
  ) {}

  onModuleInit(): void {
    for (const [step, ...endpoints] of this.table) {
      const instance = this.modules.get(step, { strict: false });
      for (const name of endpoints) this.#steps.set(name, [...(this.#steps.get(name) ?? []), instance]);
    }
  }

  /** The answer to a request; a refusal is told by the endpoint's own `refuse`. */
  async run(
    incoming: Incoming & { readonly endpoint: AuthorizationRequestEndpoint<EndpointName<Rows>> },
  ): Promise<Answer> {
    const { endpoint } = incoming;
    const context = { ...incoming };
    try {
      for (const step of this.#steps.get(endpoint.name) ?? []) {
        const result = await step.run(context as never);
        if (result instanceof Answer) return result;
        Object.assign(context, result);
      }
      throw new Error(`The steps of ${endpoint.name} end without an answer`);
    } catch (error) {
      return endpoint.refuse(context, error);
    }
  }
}
