import { Button } from '../../ui/components/button.js';
import { Form } from '../../ui/components/form.js';
import type { View } from '../../ui/view-renderer.js';
import type { ClientOnDisplay } from '../../users/session/end-user-session.js';
import { OnTheWay } from './on-the-way.js';

/**
 * The model of the account chooser, where the end user goes on with the account that is signed in or with another one.
 */
export interface ChooseAccountPageModel {
  readonly action: string;
  /** The client that the end user is on the way to. */
  readonly client: ClientOnDisplay | undefined;
  readonly accountLabel: string;
  readonly anotherAccountHref: string;
}

/** Asks which account to go on with (OpenID Connect Core section 3.1.2.1, prompt=select_account). */
export const chooseAccountPage: View<ChooseAccountPageModel> = {
  name: 'choose-account',
  title: (_, { messages }) => messages.chooseAccount.title,
  body: ({ action, client, accountLabel, anotherAccountHref }, page) => (
    <>
      <h1>{page.messages.chooseAccount.title}</h1>
      <OnTheWay client={client} page={page} />
      <Form action={action} csrfToken={page.csrfToken}>
        <Button>
          <span>{page.messages.chooseAccount.continueAs(<bdi>{accountLabel}</bdi>)}</span>
        </Button>
      </Form>
      <p>
        <a href={anotherAccountHref}>{page.messages.signIn.useAnotherAccount}</a>
      </p>
    </>
  ),
};
