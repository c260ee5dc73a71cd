/** How the end user is to be asked (OpenID Connect Core section 3.1.2.1). */
export type Prompt = 'none' | 'login' | 'consent' | 'select_account';

/** True for a value of the prompt parameter that is known here. */
export function isPrompt(word: string): word is Prompt {
  return word === 'none' || word === 'login' || word === 'consent' || word === 'select_account';
}
