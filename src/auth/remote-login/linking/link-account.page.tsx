import { Button } from '../../../ui/components/button.js';
import { Form } from '../../../ui/components/form.js';
import type { View } from '../../../ui/view-renderer.js';

/** The question whether an identity at a provider is to be linked to the account that is signed in. */
export interface LinkAccountPageModel {
  readonly action: string;
  /** Sealed; comes back with the form. */
  readonly offer: string;
  readonly providerLabel: string;
  /** How the person is called at the provider. */
  readonly remoteLabel: string;
  /** How the person is called here. */
  readonly accountLabel: string;
  /** Where No leads. */
  readonly returnTo: string;
}

/** Asks before a further way into the account is opened. */
export const linkAccountPage: View<LinkAccountPageModel> = {
  name: 'link-account',
  title: ({ providerLabel }) => `Link your ${providerLabel} account?`,
  body: ({ action, offer, providerLabel, remoteLabel, accountLabel, returnTo }, { csrfToken }) => (
    <>
      <h1>Link your {providerLabel} account?</h1>
      <p class="lead">
        You are signed in here as <bdi>{accountLabel}</bdi>, and at {providerLabel} as <bdi>{remoteLabel}</bdi>.
      </p>
      <p>
        Once the two are linked, whoever can sign in to that {providerLabel} account can sign in to your account here.
        Link them only if both are yours.
      </p>
      <Form action={action} csrfToken={csrfToken} hidden={{ offer }}>
        <Button>Link the accounts</Button>
      </Form>
      <p>
        <a href={returnTo}>Do not link them</a>
      </p>
    </>
  ),
};
