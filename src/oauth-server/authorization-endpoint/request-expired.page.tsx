import type { VNode } from 'preact';
import type { View } from '../../ui/view-renderer.js';

/** The model of the page. */
export interface RequestExpiredModel {
  /** The client that the end user came from, if that can still be told. */
  readonly client: { readonly name: string; readonly homepage: string | undefined } | undefined;
}

/** Tells that a request is too old or was altered, and where to start again: at the client. */
export const requestExpiredPage: View<RequestExpiredModel> = {
  name: 'request-expired',
  title: (_, { messages }) => messages.requestExpired.title,
  body: ({ client }, { messages: { requestExpired: texts } }) => (
    <>
      <h1>{texts.title}</h1>
      <p>{texts.explanation}</p>
      <p>{client === undefined ? texts.goBack : texts.goBackTo(<Name {...client} />)}</p>
    </>
  ),
};

function Name({ name, homepage }: NonNullable<RequestExpiredModel['client']>): VNode {
  const isolated = <bdi>{name}</bdi>;
  return homepage === undefined ? isolated : <a href={homepage}>{isolated}</a>;
}
