import type { VNode } from 'preact';
import { ClientLogo } from '../../ui/components/client-logo.js';
import type { PageContext } from '../../ui/page-context.js';
import type { ClientOnDisplay } from '../../users/session/end-user-session.js';

/**
 * Says which client the end user is on the way to, and who publishes it. Neither name can turn the direction of the words
 * around it.
 */
export function OnTheWay({ client, page }: { client: ClientOnDisplay | undefined; page: PageContext }): VNode | null {
  if (client === undefined) return null;
  const { signIn } = page.messages;
  const name = (
    <strong>
      <bdi>{client.name}</bdi>
    </strong>
  );
  return (
    <p class="lead">
      <ClientLogo name={client.name} url={client.logo} />
      {signIn.onTheWayTo(name)}
      {client.publisher !== undefined && <> {signIn.publishedBy(<bdi>{client.publisher}</bdi>)}</>}
    </p>
  );
}
