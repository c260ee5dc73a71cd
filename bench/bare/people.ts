import { statement } from './statement.js';

/** The person of a code or refresh token, unless they are disabled or gone: one SELECT by primary key. */
export const findPerson = statement<{ id: string }>(
  'bare-person-find',
  `SELECT id, email, email_verified, password_hash, claims, updated_at
   FROM gatehouse.users WHERE id = $1 AND disabled_at IS NULL`,
);
