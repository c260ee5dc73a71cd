/**
 * A connection took LISTEN and brings no notices. A node that trusted it would accept tokens that were revoked
 * elsewhere.
 */
export class DeafConnectionError extends Error {
  override readonly name = 'DeafConnectionError';

  constructor() {
    super(
      'what is announced by NOTIFY does not come back over LISTEN, as behind a pooler in transaction mode; ' +
        'set DATABASE_DIRECT_URL (option database.directUrl) to a URL of the same database past the pooler',
    );
  }
}
