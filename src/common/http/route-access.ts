import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/** Metadata key that the session guard reads. */
export const PUBLIC_ROUTE = 'gatehouse:public';

/** Opens a controller or route to callers without a sign-in session. The session guard closes every other route. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC_ROUTE, true);

/** Metadata key of the scopes that a bearer-guarded route needs; the session guard steps aside where it is set. */
export const BEARER_ROUTE = 'gatehouse:bearer';
