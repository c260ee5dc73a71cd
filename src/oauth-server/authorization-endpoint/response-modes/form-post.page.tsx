import { SUBMIT_SCRIPT } from '../../../ui/asset.js';
import { Button } from '../../../ui/components/button.js';
import type { View } from '../../../ui/view-renderer.js';
import type { ResponseParameters } from './response-mode.js';

interface FormPostModel {
  readonly redirectUri: string;
  readonly parameters: ResponseParameters;
}

/** The page that posts the response to the client: by a script of its own, and by its button where scripts are off. */
export const formPostPage: View<FormPostModel> = {
  name: 'form-post',
  script: SUBMIT_SCRIPT,
  title: (_, { messages }) => messages.formPost.title,
  body: ({ redirectUri, parameters }, { messages: { formPost: texts } }) => (
    <>
      <h1>{texts.title}</h1>
      <p>{texts.continueTo(new URL(redirectUri).host || undefined)}</p>
      <form method="post" action={redirectUri}>
        {Object.entries(parameters).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Button>{texts.submit}</Button>
      </form>
    </>
  ),
};
