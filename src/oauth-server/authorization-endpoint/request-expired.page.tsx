import type { View } from '../../ui/view-renderer.js';

interface RequestExpiredModel {
  /** The client that the person came from, if that can still be told. */
  readonly client: { readonly name: string; readonly homepage: string | undefined } | undefined;
}

/** The way on from a request that is too old or was altered: start again at the client. */
export const requestExpiredPage: View<RequestExpiredModel> = {
  name: 'request-expired',
  title: () => 'Please start again',
  body: ({ client }) => (
    <>
      <h1>Please start again</h1>
      <p>This page was open for too long, or its address was changed on the way. Nothing was allowed.</p>
      {client === undefined ? (
        <p>Go back to where you came from and sign in from there.</p>
      ) : (
        <p>
          Go back to{' '}
          {client.homepage === undefined ? (
            <bdi>{client.name}</bdi>
          ) : (
            <a href={client.homepage}>
              <bdi>{client.name}</bdi>
            </a>
          )}{' '}
          and sign in from there.
        </p>
      )}
    </>
  ),
};
