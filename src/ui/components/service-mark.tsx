import type { VNode } from 'preact';

/** The mark of a service as data of SVG. */
export interface ServiceMark {
  /** For example `0 0 24 24`. */
  readonly viewBox: string;
  /** The data of each path. */
  readonly paths: readonly string[];
}

/** The mark of a service in the colour of the words beside it, which say its name. */
export function Mark({ mark: { viewBox, paths } }: { mark: ServiceMark }): VNode {
  return (
    <svg class="service-mark" viewBox={viewBox} width="20" height="20" aria-hidden="true">
      {paths.map((data) => (
        <path d={data} fill="currentColor" />
      ))}
    </svg>
  );
}
