import { statement } from './statement.js';

/** The end user of a code or refresh token, unless they are disabled or gone: one SELECT by primary key. */
export const findEndUser = statement<{ id: string }>(
  'bare-end-user-find',
  `SELECT id, email, email_verified, password_hash, claims, updated_at
   FROM gatehouse.users WHERE id = $1 AND disabled_at IS NULL`,
);
