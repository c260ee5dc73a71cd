/** Metadata key of the scopes that a bearer-guarded route needs; the session guard steps aside where it is set. */
export const BEARER_ROUTE = 'gatehouse:bearer';
