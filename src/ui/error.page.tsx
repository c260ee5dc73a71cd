import type { ErrorPageModel } from '../common/errors/error-page.js';
import { ForbiddenFormError } from '../common/errors/http.errors.js';
import type { OAuthError } from '../common/errors/oauth-error.js';
import { LoginRequiredError } from '../common/errors/openid.errors.js';
import { ButtonLink } from './components/button.js';
import { DescriptionList } from './components/description-list.js';
import { type ErrorInWords, isForEndUser } from './error-for-end-user.js';
import type { Messages } from './messages/messages.js';
import type { PageContext } from './page-context.js';
import type { View } from './view-renderer.js';

/**
 * The error page: what happened, what the end user can do, and the reference id by which the operator finds the error
 * in the log.
 */
export const errorPage: View<ErrorPageModel> = {
  name: 'error',
  title: ({ error }, { messages }) => headingOf(error.statusCode, messages),
  body: ({ error, referenceId, uri }, page) => {
    const { statusCode: status, code } = error;
    const { messages, paths } = page;
    const told = inWords(error, page);
    const wayOn = told === undefined ? error.wayOn : told.wayOn;
    return (
      <>
        <h1>{headingOf(status, messages)}</h1>
        {told === undefined ? <ForDevelopers error={error} page={page} /> : <p class="lead">{told.sentence}</p>}
        <h2>{messages.error.whatYouCanDo}</h2>
        {(wayOn === undefined || status >= 500) && <p>{adviceFor(status, messages)}</p>}
        <p class="actions">
          {wayOn && <ButtonLink href={wayOn.href}>{wayOn.label}</ButtonLink>}
          <ButtonLink href={paths.home} kind="secondary">
            {messages.error.startPage}
          </ButtonLink>
        </p>
        <h2>{messages.error.forHelpers}</h2>
        <DescriptionList
          entries={[
            [messages.error.code, uri === undefined ? <code>{code}</code> : <a href={uri}>{<code>{code}</code>}</a>],
            [messages.error.reference, <code>{referenceId}</code>],
          ]}
        />
      </>
    );
  },
};

/**
 * The texts of an error for end users: of two refusals of `common`, and of errors that bring their own; undefined for
 * any other.
 */
function inWords(error: OAuthError, page: PageContext): ErrorInWords | undefined {
  const { messages } = page;
  if (isForEndUser(error)) return error.inWords(page);
  if (error instanceof ForbiddenFormError) return { sentence: messages.error.foreignForm, wayOn: error.wayOn };
  if (!(error instanceof LoginRequiredError)) return undefined;
  const wayOn = error.wayOn && { ...error.wayOn, label: messages.signIn.submit };
  return { sentence: messages.error.nobodySignedIn, wayOn };
}

/** The part of the page for developers, which is English on a page of any language. */
function ForDevelopers({ error, page }: { error: OAuthError; page: PageContext }) {
  const isEnglish = page.language.tag === 'en';
  return (
    <p class="lead" lang={isEnglish ? undefined : 'en'} dir={isEnglish ? undefined : 'ltr'}>
      {error.description.replace(/\.$/, '')}.
    </p>
  );
}

function headingOf(status: number, { error: { headings } }: Messages): string {
  if (status === 404) return headings.notFound;
  if (status === 403) return headings.notAllowed;
  return status < 500 ? headings.refused : headings.failed;
}

function adviceFor(status: number, { error: { advice } }: Messages): string {
  if (status === 404) return advice.notFound;
  if (status === 429) return advice.tooMany;
  return status >= 500 ? advice.failed : advice.refused;
}
