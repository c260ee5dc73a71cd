import { Button, ButtonLink } from '../../ui/components/button.js';
import { ErrorSummary, type FieldError } from '../../ui/components/error-summary.js';
import { Field } from '../../ui/components/field.js';
import { Form } from '../../ui/components/form.js';
import type { View } from '../../ui/view-renderer.js';
import type { LoginChoice } from './login-choices.js';
import { OnTheWay } from './on-the-way.js';

/** The sign-in page: who is asked to sign in, on the way to where, and what was wrong with the last try. */
export interface SignInPageModel {
  /** The page's own address, to which the form is posted. */
  readonly action: string;
  readonly clientName: string | undefined;
  readonly email: string | undefined;
  /** Where to sign in as somebody else; set when the one who is signed in is to prove who they are, and `email` is theirs. */
  readonly anotherAccountHref: string | undefined;
  readonly choices: readonly LoginChoice[];
  readonly errors: readonly FieldError[];
}

const titleOf = ({ anotherAccountHref }: SignInPageModel) =>
  anotherAccountHref === undefined ? 'Sign in' : 'Confirm it is you';

/** Asks for e-mail address and password, or to choose another way to sign in. */
export const signInPage: View<SignInPageModel> = {
  name: 'sign-in',
  title: titleOf,
  isInvalid: ({ errors }) => errors.length > 0,
  body: (model, { csrfToken }) => {
    const { action, clientName, email, anotherAccountHref, choices, errors } = model;
    const errorOf = (name: string) => errors.find(({ field }) => field === name)?.message;
    const autofocus = errors.length > 0 ? undefined : email ? 'password' : 'email';
    return (
      <>
        <ErrorSummary errors={errors} />
        <h1>{titleOf(model)}</h1>
        <OnTheWay clientName={clientName} />
        <Form action={action} csrfToken={csrfToken}>
          <Field
            name="email"
            type="email"
            label="E-mail address"
            autocomplete="username"
            value={email}
            readOnly={anotherAccountHref !== undefined}
            error={errorOf('email')}
            autofocus={autofocus === 'email'}
          />
          <Field
            name="password"
            type="password"
            label="Password"
            autocomplete="current-password"
            error={errorOf('password')}
            autofocus={autofocus === 'password'}
          />
          <Button>{anotherAccountHref === undefined ? 'Sign in' : 'Confirm'}</Button>
        </Form>
        {anotherAccountHref && (
          <p>
            <a href={anotherAccountHref}>Use another account</a>
          </p>
        )}
        {choices.length > 0 && <h2>Or sign in with another service</h2>}
        {choices.map(({ label, href }) => (
          <div class="actions">
            <ButtonLink href={href} kind="secondary">
              {label}
            </ButtonLink>
          </div>
        ))}
      </>
    );
  },
};
