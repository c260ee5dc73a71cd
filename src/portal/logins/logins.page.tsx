import { ROUTES } from '../../common/http/routes.js';
import { Button, ButtonLink } from '../../ui/components/button.js';
import { ErrorSummary } from '../../ui/components/error-summary.js';
import { Form } from '../../ui/components/form.js';
import { Notice } from '../../ui/components/notice.js';
import { Mark, type ServiceMark } from '../../ui/components/service-mark.js';
import type { View } from '../../ui/view-renderer.js';

/** The model of the page. */
export interface LoginsPageModel {
  readonly accounts: readonly {
    readonly issuer: string;
    readonly subject: string;
    readonly providerLabel: string;
    readonly mark: ServiceMark | undefined;
    readonly nameThere: string;
    readonly linkedAt: Date;
    readonly lastSignedInAt: Date;
    /** True where the provider takes the tokens no more until the end user has signed in there again. */
    readonly needsReauth: boolean;
    /** Undefined for a provider that is not configured any more. */
    readonly profileHref: string | undefined;
    readonly startHref: string | undefined;
    /** True where unlinking was refused, because it is the only way in. */
    readonly isLastWayIn: boolean;
  }[];
  readonly links: readonly { readonly label: string; readonly mark: ServiceMark | undefined; readonly href: string }[];
}

/** Shows an end user the accounts at providers that are linked, each with a button to unlink it, and links more. */
export const loginsPage: View<LoginsPageModel> = {
  name: 'logins',
  title: (_, { messages }) => messages.logins.title,
  isInvalid: ({ accounts }) => accounts.some(({ isLastWayIn }) => isLastWayIn),
  body: ({ accounts, links }, { messages: { logins: texts, shell }, csrfToken, paths }) => (
    <>
      <ErrorSummary
        title={shell.problems}
        errors={accounts
          .filter(({ isLastWayIn }) => isLastWayIn)
          .map(({ providerLabel }) => ({ message: texts.lastWayIn(providerLabel) }))}
      />
      <h1>{texts.title}</h1>
      {accounts.length === 0 && <p>{texts.none}</p>}
      {accounts.map((account) => (
        <>
          <h2>
            {account.mark && <Mark mark={account.mark} />} {account.providerLabel}: <bdi>{account.nameThere}</bdi>
          </h2>
          <p>{texts.linkedSince(day(account.linkedAt), day(account.lastSignedInAt))}</p>
          {account.needsReauth && account.startHref && (
            <Notice kind="warning">
              <p>
                {texts.needsReauth(account.providerLabel)}{' '}
                <a href={account.startHref}>{texts.signInAgain(account.providerLabel)}</a>
              </p>
            </Notice>
          )}
          {account.profileHref && (
            <p>
              <a href={account.profileHref}>{texts.whatItSays(account.providerLabel)}</a>
            </p>
          )}
          <Form
            action={paths.to(ROUTES.unlinkLogin)}
            csrfToken={csrfToken}
            hidden={{ issuer: account.issuer, subject: account.subject }}
          >
            <Button kind="danger">{texts.unlink(account.providerLabel)}</Button>
          </Form>
        </>
      ))}
      {links.length > 0 && <h2>{texts.another}</h2>}
      <div class="actions">
        {links.map(({ label, mark, href }) => (
          <ButtonLink href={href} kind="secondary">
            {mark && <Mark mark={mark} />}
            {texts.link(label)}
          </ButtonLink>
        ))}
      </div>
    </>
  ),
};

function day(date: Date) {
  return <time dateTime={date.toISOString()}>{date.toISOString().slice(0, 10)}</time>;
}
