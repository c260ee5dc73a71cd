import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from '../../../common/errors/invalid-request.error.js';
import type { FormParameters } from '../../../common/form/form-parameters.js';
import { isPrompt, type Prompt } from '../prompt.js';
import type { Step } from '../step.js';

/** Reads how the end user is to be asked; `none` cannot stand beside another (OpenID Connect Core section 3.1.2.1). */
@Injectable()
export class CheckPromptStep implements Step {
  run({ parameters }: { parameters: FormParameters }): { prompts: ReadonlySet<Prompt> } {
    const words = (parameters.prompt ?? '').split(' ').filter((word) => word !== '');
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
