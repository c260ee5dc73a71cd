import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import type { Step } from '../step.js';

/** The values of the prompt parameter (OpenID Connect Core section 3.1.2.1). */
export const PROMPTS = ['none', 'login', 'consent', 'select_account'] as const;

/** One value of the prompt parameter. */
export type Prompt = (typeof PROMPTS)[number];

/** True for a value of the prompt parameter that is supported here. */
export function isPrompt(word: string): word is Prompt {
  return (PROMPTS as readonly string[]).includes(word);
}

/**
 * Reads `prompt`, which says how the end user is to be asked. `none` cannot stand beside another value (OpenID Connect
 * Core section 3.1.2.1).
 */
@Injectable()
export class CheckPromptStep implements Step {
  run({ parameters }: { parameters: FormParameters }): { prompts: ReadonlySet<Prompt> } {
    const words = (parameters.get('prompt') ?? '').split(' ').filter((word) => word !== '');
    const unknown = words.find((word) => !isPrompt(word));
    if (unknown !== undefined) {
      throw new InvalidRequestError({
        description: `prompt ${unknown.slice(0, 40)} is not known here; there is none, login, consent, select_account`,
      });
    }
    const prompts = new Set(words.filter(isPrompt));
    if (prompts.has('none') && prompts.size > 1) {
      throw new InvalidRequestError({ description: 'prompt none cannot be combined with another value' });
    }
    return { prompts };
  }
}
