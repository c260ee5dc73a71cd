import { Button } from '../../../ui/components/button.js';
import { Form } from '../../../ui/components/form.js';
import type { View } from '../../../ui/view-renderer.js';

/** The model of the question whether an identity at a provider is to be linked to the account that is signed in. */
export interface LinkAccountPageModel {
  readonly action: string;
  /** The sealed offer, which comes back with the form. */
  readonly offer: string;
  readonly providerLabel: string;
  /** The name of the end user at the provider. */
  readonly remoteLabel: string;
  /** The name of the end user here. */
  readonly accountLabel: string;
  /** The address to which the button No leads. */
  readonly returnTo: string;
}

/** Asks the end user before an identity at a provider becomes a further way into the account. */
export const linkAccountPage: View<LinkAccountPageModel> = {
  name: 'link-account',
  title: ({ providerLabel }, { messages }) => messages.linkAccount.title(providerLabel),
  body: ({ action, offer, providerLabel, remoteLabel, accountLabel, returnTo }, { messages, csrfToken }) => {
    const { title, whoIsWho, warning, submit, decline } = messages.linkAccount;
    return (
      <>
        <h1>{title(providerLabel)}</h1>
        <p class="lead">{whoIsWho(<bdi>{accountLabel}</bdi>, providerLabel, <bdi>{remoteLabel}</bdi>)}</p>
        <p>{warning(providerLabel)}</p>
        <Form action={action} csrfToken={csrfToken} hidden={{ offer }}>
          <Button>{submit}</Button>
        </Form>
        <p>
          <a href={returnTo}>{decline}</a>
        </p>
      </>
    );
  },
};
