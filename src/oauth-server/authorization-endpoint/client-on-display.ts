import type { Client } from '../../clients/client.js';
import { displayName } from '../../common/display-name.js';
import type { ClientOnDisplay } from '../../users/session/end-user-session.js';

/** The longest address of a logo that is shown: it travels in the address of the sign-in page. */
const MAX_LOGO_LENGTH = 500;

/** What pages show of a client: only https loads on a page, so another logo is left out. */
export function onDisplay({ name, metadata: { publisher, logo_uri: logo } }: Client): ClientOnDisplay {
  const isShown = logo !== undefined && /^https:/i.test(logo) && logo.length <= MAX_LOGO_LENGTH;
  return { name, publisher: displayName(publisher ?? '') || undefined, logo: isShown ? logo : undefined };
}
