import { ROUTES } from '../../common/http/routes.js';
import { Button } from '../../ui/components/button.js';
import { Form } from '../../ui/components/form.js';
import type { View } from '../../ui/view-renderer.js';

interface AuthorizationsModel {
  readonly authorizations: readonly {
    readonly id: string;
    readonly clientName: string;
    readonly since: Date;
    /** What was allowed, as sentences. */
    readonly sentences: readonly string[];
  }[];
}

/** Shows an end user what they allowed to whom, each with a button to take it back. */
export const authorizationsPage: View<AuthorizationsModel> = {
  name: 'authorizations',
  title: () => 'What you allowed',
  body: ({ authorizations }, { csrfToken, paths }) => (
    <>
      <h1>What you allowed</h1>
      {authorizations.length === 0 && <p>You allow nothing to any application at present.</p>}
      {authorizations.map(({ id, clientName, since, sentences }) => (
        <>
          <h2>
            <bdi>{clientName}</bdi>
          </h2>
          <p>
            Since <time dateTime={since.toISOString()}>{since.toISOString().slice(0, 10)}</time> it may
          </p>
          <ul>
            {sentences.map((sentence) => (
              <li>
                <bdi>{sentence}</bdi>
              </li>
            ))}
          </ul>
          <Form action={paths.to(ROUTES.revokeAuthorization)} csrfToken={csrfToken} hidden={{ authorization: id }}>
            <Button kind="danger">
              Take back from <bdi>{clientName}</bdi>
            </Button>
          </Form>
        </>
      ))}
    </>
  ),
};
