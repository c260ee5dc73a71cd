import { ROUTES } from '../../common/http/routes.js';
import { Button, ButtonLink } from '../../ui/components/button.js';
import { Form } from '../../ui/components/form.js';
import type { View } from '../../ui/view-renderer.js';

/** Who is about to sign out; undefined when nobody is signed in any more. */
export interface SignOutPageModel {
  readonly accountLabel: string | undefined;
}

const titleOf = ({ accountLabel }: SignOutPageModel) =>
  accountLabel === undefined ? 'You are signed out' : 'Sign out?';

/** Asks before signing out, and says afterwards that it is done. */
export const signOutPage: View<SignOutPageModel> = {
  name: 'sign-out',
  title: titleOf,
  body: (model, { csrfToken, paths }) => (
    <>
      <h1>{titleOf(model)}</h1>
      {model.accountLabel === undefined ? (
        <>
          <p>Nobody is signed in at this browser.</p>
          <p>
            <ButtonLink href={paths.to(ROUTES.signIn)} kind="secondary">
              Sign in
            </ButtonLink>
          </p>
        </>
      ) : (
        <>
          <p>
            You are signed in as <bdi>{model.accountLabel}</bdi>.
          </p>
          <Form action={paths.to(ROUTES.signOut)} csrfToken={csrfToken}>
            <Button>Sign out</Button>
          </Form>
        </>
      )}
    </>
  ),
};
