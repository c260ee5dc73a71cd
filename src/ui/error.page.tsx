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
  title: ({ error }, page) => wordsOf(error, page).heading,
  body: (model, page) => {
    const { messages, paths } = page;
    const { statusCode: status } = model.error;
    const { heading, sentence, wayOn } = wordsOf(model.error, page);
    return (
      <>
        <h1>{heading}</h1>
        {sentence !== undefined && <p class="lead">{sentence}</p>}
        <h2>{messages.error.whatYouCanDo}</h2>
        {(wayOn === undefined || status >= 500) && <p>{adviceFor(status, messages)}</p>}
        <p class="actions">
          {wayOn && <ButtonLink href={wayOn.href}>{wayOn.label}</ButtonLink>}
          <ButtonLink href={paths.home} kind="secondary">
            {messages.error.startPage}
          </ButtonLink>
        </p>
        <ForHelpers model={model} page={page} />
      </>
    );
  },
};

/** What the end user reads of an error. */
type Words = Partial<ErrorInWords> & { readonly heading: string };

function wordsOf(error: OAuthError, page: PageContext): Words {
  const told = inWords(error, page);
  if (told !== undefined) return { ...told, heading: told.heading ?? headingOf(error.statusCode, page.messages) };
  return { wayOn: error.wayOn, ...inPlaceOfDescription(error.statusCode, page.messages) };
}

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

/** An error whose description is for developers alone. A request that is malformed is that of who made the link. */
function inPlaceOfDescription(status: number, messages: Messages): Words {
  const { headings, notAPage, requestOfApplication } = messages.error;
  if (status === 401 || status === 405) return { heading: headings.notAPage, sentence: notAPage };
  if (status === 400) return { heading: headings.requestOfApplication, sentence: requestOfApplication };
  return { heading: headingOf(status, messages) };
}

function headingOf(status: number, { error: { headings } }: Messages): string {
  if (status === 404) return headings.notFound;
  if (status === 403) return headings.notAllowed;
  if (status === 429) return headings.tooMany;
  return status < 500 ? headings.refused : headings.failed;
}

/** What a report of the error needs, to be copied at once. Description and detail are English on a page of any language. */
function ForHelpers({ model, page }: { model: ErrorPageModel; page: PageContext }) {
  const { error, detail, referenceId, at, uri } = model;
  const texts = page.messages.error;
  const code = <code>{error.code}</code>;
  return (
    <section data-copy={texts.copy} data-copied={texts.copied}>
      <div class="copy-bar" data-copy-bar="">
        <h2>{texts.forHelpers}</h2>
      </div>
      <DescriptionList
        entries={[
          [texts.code, uri === undefined ? code : <a href={uri}>{code}</a>],
          ...(isForEndUser(error) ? [] : [[texts.description, <English>{error.description}</English>] as const]),
          ...(detail === undefined ? [] : [[texts.detail, <English>{detail}</English>] as const]),
          [texts.reference, <code>{referenceId}</code>],
          [texts.time, <time>{at.toISOString()}</time>],
        ]}
      />
    </section>
  );
}

function English({ children }: { children: string }) {
  return (
    <code lang="en" dir="ltr">
      {children}
    </code>
  );
}

function adviceFor(status: number, { error: { advice } }: Messages): string {
  if (status === 404) return advice.notFound;
  if (status === 429) return advice.tooMany;
  return status >= 500 ? advice.failed : advice.refused;
}
