import type { ErrorPageModel } from '../common/errors/error-page.js';
import type { View } from './view-renderer.js';

/** What happened, in plain words, with the reference id that finds it in the log. */
export const errorPage: View<ErrorPageModel> = {
  name: 'error',
  title: ({ status }) => (status === 404 ? 'Not found' : 'This did not work'),
  body: ({ status, code, description, referenceId }) => (
    <>
      <h1>{status === 404 ? 'Not found' : 'This did not work'}</h1>
      <p>{description}.</p>
      <p>
        Error <code>{code}</code>, reference <code>{referenceId}</code>
      </p>
    </>
  ),
};
