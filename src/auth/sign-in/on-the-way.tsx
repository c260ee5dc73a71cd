import type { VNode } from 'preact';

/** Says which client the person is on the way to; its name cannot turn the direction of the words around it. */
export function OnTheWay({ clientName }: { clientName: string | undefined }): VNode | null {
  if (clientName === undefined) return null;
  return (
    <p class="lead">
      to continue to{' '}
      <strong>
        <bdi>{clientName}</bdi>
      </strong>
    </p>
  );
}
