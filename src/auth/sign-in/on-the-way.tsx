import type { VNode } from 'preact';
import type { PageContext } from '../../ui/page-context.js';

/**
 * Says which client the end user is on the way to. The name of the client cannot turn the direction of the words around
 * it.
 */
export function OnTheWay({ clientName, page }: { clientName: string | undefined; page: PageContext }): VNode | null {
  if (clientName === undefined) return null;
  const name = (
    <strong>
      <bdi>{clientName}</bdi>
    </strong>
  );
  return <p class="lead">{page.messages.signIn.onTheWayTo(name)}</p>;
}
