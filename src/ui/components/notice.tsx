import type { ComponentChildren, VNode } from 'preact';

interface NoticeProps {
  readonly kind?: 'info' | 'success' | 'warning' | 'error';
  readonly title?: string;
  readonly children?: ComponentChildren;
}

/** Something to know before going on; told by words and shape, not by colour alone. */
export function Notice({ kind = 'info', title, children }: NoticeProps): VNode {
  return (
    <div class={`notice ${kind}`}>
      {title && (
        <p>
          <strong>{title}</strong>
        </p>
      )}
      {children}
    </div>
  );
}
