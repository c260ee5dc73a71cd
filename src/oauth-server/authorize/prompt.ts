/** The values of the prompt parameter (OpenID Connect Core section 3.1.2.1). */
export const PROMPTS = ['none', 'login', 'consent', 'select_account'] as const;

/** How the end user is to be asked. */
export type Prompt = (typeof PROMPTS)[number];

/** True for a value of the prompt parameter that is known here. */
export function isPrompt(word: string): word is Prompt {
  return (PROMPTS as readonly string[]).includes(word);
}
