import type { ErrorPageModel } from '../common/errors/error-page.js';
import { ROUTES } from '../common/http/routes.js';
import { ButtonLink } from './components/button.js';
import { DescriptionList } from './components/description-list.js';
import type { View } from './view-renderer.js';

/** What happened, what the person can do, and the reference id that finds it in the log. */
export const errorPage: View<ErrorPageModel> = {
  name: 'error',
  title: ({ status }) => headingOf(status),
  body: ({ status, code, description, referenceId, wayOn }, { paths }) => (
    <>
      <h1>{headingOf(status)}</h1>
      <p class="lead">{description.replace(/\.$/, '')}.</p>
      <h2>What you can do</h2>
      {(wayOn === undefined || status >= 500) && <p>{adviceFor(status)}</p>}
      <p class="actions">
        {wayOn && <ButtonLink href={wayOn.href}>{wayOn.label}</ButtonLink>}
        <ButtonLink href={paths.to(ROUTES.home)} kind="secondary">
          Go to the start page
        </ButtonLink>
      </p>
      <h2>For whoever helps you</h2>
      <DescriptionList
        entries={[
          ['Error', <code>{code}</code>],
          ['Reference', <code>{referenceId}</code>],
        ]}
      />
    </>
  ),
};

function headingOf(status: number): string {
  if (status === 404) return 'Not found';
  if (status === 403) return 'Not allowed';
  return status < 500 ? 'This did not work' : 'Something went wrong here';
}

function adviceFor(status: number): string {
  if (status === 404) return 'Check the address for a typing mistake, or start again from the start page.';
  if (status === 429) return 'Wait a little, then try again.';
  if (status >= 500) return 'It is not your fault. Try again in a moment; if it stays, report the reference below.';
  return 'Go back and try again. If an application sent you here, show its developers the text above: it says what to change.';
}
