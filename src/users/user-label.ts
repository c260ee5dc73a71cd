import type { User } from './user.js';

/** How a page names a person: name and e-mail address, or what is known of them. */
export function labelOf({ id, email, claims }: User): string {
  const name = typeof claims.name === 'string' ? claims.name : undefined;
  if (name !== undefined && email !== undefined) return `${name} (${email})`;
  return name ?? email ?? id;
}
