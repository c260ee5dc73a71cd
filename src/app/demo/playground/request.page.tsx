import { ROUTES } from '../../../common/http/routes.js';
import { Button } from '../../../ui/components/button.js';
import { Checkbox } from '../../../ui/components/checkbox.js';
import { Form } from '../../../ui/components/form.js';
import { Select } from '../../../ui/components/select.js';
import type { View } from '../../../ui/view-renderer.js';
import { AddressView } from './address-view.js';
import type { ExplainedParameter } from './run.js';
import { Stepper } from './stepper.js';

/** A scope that the partner app may ask for. */
export interface ScopeChoice {
  readonly name: string;
  readonly description: string;
  readonly isChosen: boolean;
}

/** The authorization request about to be sent. */
export interface RequestPageModel {
  readonly sealedFlow: string;
  readonly scopes: readonly ScopeChoice[];
  readonly prompt: string;
  readonly url: string;
  readonly parameters: readonly ExplainedParameter[];
}

const PROMPTS = [
  ['', 'Nothing that needs no asking'],
  ['login', 'login: sign in again'],
  ['consent', 'consent: allow again'],
  ['select_account', 'select_account: choose who you are'],
  ['none', 'none: ask nothing, or fail'],
] as const;

/** The first stage: the authorization request of the partner app, as a URL taken apart. */
export const requestPage: View<RequestPageModel> = {
  name: 'playground-request',
  width: 'wide',
  title: () => 'Build the request',
  body: ({ sealedFlow, scopes, prompt, url, parameters }, { csrfToken, paths }) => (
    <div class="playground">
      <Stepper current="request" taken={[]} form="request" />
      <article class="flow">
        <header class="flow">
          <h1>Build the request</h1>
          <p class="lead">
            Here you are a partner app that would like to act for an end user at this server. Every message it sends and
            receives from now on is real, and shown.
          </p>
        </header>
        <Form id="request" action={paths.to(ROUTES.playground)} csrfToken={csrfToken} hidden={{ flow: sealedFlow }}>
          <div class="pair">
            <fieldset>
              <legend>Scopes to ask for</legend>
              {scopes.map(({ name, description, isChosen }) => (
                <Checkbox name={`scope_${name}`} label={<code>{name}</code>} hint={description} checked={isChosen} />
              ))}
            </fieldset>
            <Select name="prompt" label="The end user must be asked (prompt)" options={PROMPTS} value={prompt} />
          </div>
          <div class="actions">
            <Button name="send" value="yes">
              Send the browser to sign in
            </Button>
            <Button kind="secondary">Update the URL below</Button>
          </div>
        </Form>
        <h2>The address the browser is sent to</h2>
        <AddressView label="Authorization request" address={url} parameters={parameters} />
      </article>
    </div>
  ),
};
