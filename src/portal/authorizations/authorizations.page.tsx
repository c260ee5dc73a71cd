import { ROUTES } from '../../common/http/routes.js';
import { Button } from '../../ui/components/button.js';
import { Form } from '../../ui/components/form.js';
import type { View } from '../../ui/view-renderer.js';

/** The model of the page. */
export interface AuthorizationsModel {
  readonly authorizations: readonly {
    readonly id: string;
    readonly clientName: string;
    readonly since: Date;
    /** A sentence for each scope that was allowed. */
    readonly sentences: readonly string[];
  }[];
}

/** Shows an end user what they allowed to which client, each with a button to take it back. */
export const authorizationsPage: View<AuthorizationsModel> = {
  name: 'authorizations',
  title: (_, { messages }) => messages.authorizations.title,
  body: ({ authorizations }, { messages: { authorizations: texts }, csrfToken, paths }) => (
    <>
      <h1>{texts.title}</h1>
      {authorizations.length === 0 && <p>{texts.none}</p>}
      {authorizations.map(({ id, clientName, since, sentences }) => (
        <>
          <h2>
            <bdi>{clientName}</bdi>
          </h2>
          <p>{texts.maySince(<time dateTime={since.toISOString()}>{since.toISOString().slice(0, 10)}</time>)}</p>
          <ul>
            {sentences.map((sentence) => (
              <li>
                <bdi>{sentence}</bdi>
              </li>
            ))}
          </ul>
          <Form action={paths.to(ROUTES.revokeAuthorization)} csrfToken={csrfToken} hidden={{ authorization: id }}>
            <Button kind="danger">{texts.takeBackFrom(<bdi>{clientName}</bdi>)}</Button>
          </Form>
        </>
      ))}
    </>
  ),
};
