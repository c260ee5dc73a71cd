import { ROUTES } from '../../common/http/routes.js';
import { Button, ButtonLink } from '../../ui/components/button.js';
import { Form } from '../../ui/components/form.js';
import type { PageContext } from '../../ui/page-context.js';
import type { View } from '../../ui/view-renderer.js';

/** The model of the sign-out page. */
export interface SignOutPageModel {
  /** The name of the account that is signed in; undefined when nobody is signed in any more. */
  readonly accountLabel: string | undefined;
}

const titleOf = ({ accountLabel }: SignOutPageModel, { messages: { signOut } }: PageContext) =>
  accountLabel === undefined ? signOut.doneTitle : signOut.title;

/** Asks before signing out, and says afterwards that it is done. */
export const signOutPage: View<SignOutPageModel> = {
  name: 'sign-out',
  title: titleOf,
  body: (model, page) => {
    const { messages, paths, csrfToken } = page;
    return (
      <>
        <h1>{titleOf(model, page)}</h1>
        {model.accountLabel === undefined ? (
          <>
            <p>{messages.signOut.nobodySignedIn}</p>
            <p>
              <ButtonLink href={paths.to(ROUTES.signIn)} kind="secondary">
                {messages.signIn.submit}
              </ButtonLink>
            </p>
          </>
        ) : (
          <>
            <p>{messages.signOut.signedInAs(<bdi>{model.accountLabel}</bdi>)}</p>
            <Form action={paths.to(ROUTES.signOut)} csrfToken={csrfToken}>
              <Button>{messages.signOut.submit}</Button>
            </Form>
          </>
        )}
      </>
    );
  },
};
