import { Button, ButtonLink } from '../../ui/components/button.js';
import { ErrorSummary, type FieldError } from '../../ui/components/error-summary.js';
import { Field } from '../../ui/components/field.js';
import { Form } from '../../ui/components/form.js';
import { Mark } from '../../ui/components/service-mark.js';
import type { Messages } from '../../ui/messages/messages.js';
import type { PageContext } from '../../ui/page-context.js';
import type { View } from '../../ui/view-renderer.js';
import type { ClientOnDisplay } from '../../users/session/end-user-session.js';
import type { LoginChoice } from './login-choices.js';
import { OnTheWay } from './on-the-way.js';

/**
 * The model of the sign-in page: who is asked to sign in, on the way to which client, and the problem with the last
 * try.
 */
export interface SignInPageModel {
  /** The page's own address, to which the form is posted. */
  readonly action: string;
  /** The client that the end user is on the way to. */
  readonly client: ClientOnDisplay | undefined;
  readonly email: string | undefined;
  /**
   * The address at which to sign in with another account; set when the end user who is signed in must prove who they
   * are, and `email` is theirs.
   */
  readonly anotherAccountHref: string | undefined;
  /** False where end users sign in at providers alone. */
  readonly hasPasswordForm: boolean;
  readonly choices: readonly LoginChoice[];
  readonly problems: readonly SignInProblem[];
}

/** Something that is to be put right before the end user can be signed in. */
export type SignInProblem =
  | { readonly kind: 'email-missing' | 'password-missing' | 'wrong' }
  | { readonly kind: 'throttled' | 'busy'; readonly retryAfterSeconds: number };

const titleOf = ({ anotherAccountHref }: SignInPageModel, { messages: { signIn } }: PageContext) =>
  anotherAccountHref === undefined ? signIn.title : signIn.confirmTitle;

/** Asks for e-mail address and password, or to choose another way to sign in. */
export const signInPage: View<SignInPageModel> = {
  name: 'sign-in',
  title: titleOf,
  isInvalid: ({ problems }) => problems.length > 0,
  body: (model, page) => {
    const { action, client, email, anotherAccountHref, hasPasswordForm, choices, problems } = model;
    const { signIn, shell, passwordField } = page.messages;
    const errors = problems.map((problem) => errorOf(problem, page.messages));
    const messageOf = (name: string) => errors.find(({ field }) => field === name)?.message;
    const autofocus = errors.length > 0 ? undefined : email ? 'password' : 'email';
    return (
      <>
        <ErrorSummary title={shell.problems} errors={errors} />
        <h1>{titleOf(model, page)}</h1>
        <OnTheWay client={client} page={page} />
        {hasPasswordForm && (
          <Form action={action} csrfToken={page.csrfToken}>
            <Field
              name="email"
              type="email"
              label={signIn.email}
              autocomplete="username"
              value={email}
              readOnly={anotherAccountHref !== undefined}
              error={messageOf('email')}
              autofocus={autofocus === 'email'}
            />
            <Field
              name="password"
              type="password"
              label={signIn.password}
              reveal={passwordField}
              autocomplete="current-password"
              error={messageOf('password')}
              autofocus={autofocus === 'password'}
            />
            <Button>{anotherAccountHref === undefined ? signIn.submit : signIn.confirm}</Button>
          </Form>
        )}
        {anotherAccountHref && (
          <p>
            <a href={anotherAccountHref}>{signIn.useAnotherAccount}</a>
          </p>
        )}
        {choices.length > 0 && hasPasswordForm && <p class="or">{signIn.or}</p>}
        {choices.length === 0 && !hasPasswordForm && <p>{signIn.noWay}</p>}
        {choices.map(({ service, href, mark }) => (
          <div class="actions">
            <ButtonLink href={href} kind="secondary">
              {mark && <Mark mark={mark} />}
              {signIn.withService(service)}
            </ButtonLink>
          </div>
        ))}
      </>
    );
  },
};

function errorOf(problem: SignInProblem, { signIn: { problems } }: Messages): FieldError {
  if (problem.kind === 'throttled') return { message: problems.throttled(Math.ceil(problem.retryAfterSeconds / 60)) };
  if (problem.kind === 'busy') return { message: problems.busy };
  if (problem.kind === 'email-missing') return { field: 'email', message: problems.emailMissing };
  return { field: 'password', message: problem.kind === 'wrong' ? problems.wrong : problems.passwordMissing };
}
