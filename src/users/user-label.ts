import { displayName } from '../common/display-name.js';
import type { User } from './user.js';

/** How a page names a person: by name and e-mail address, or by what is known of them. */
export function labelOf({ id, email = '', claims }: User): string {
  const name = typeof claims.name === 'string' ? displayName(claims.name) : '';
  const address = displayName(email);
  if (name !== '' && address !== '') return `${name} (${address})`;
  return name || address || id;
}
