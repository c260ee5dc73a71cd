import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/** Metadata key that the session guard reads. */
export const PUBLIC_ROUTE = 'gatehouse:public';

/** Opens a controller or route to everybody, where the option `guard` is `all` and closes every other. */
export const Public = (): CustomDecorator => SetMetadata(PUBLIC_ROUTE, true);

/** Metadata key of a route that needs a signed-in end user. */
export const SIGN_IN_ROUTE = 'gatehouse:sign-in';

/** Metadata key of the scopes that a bearer-guarded route needs; the session guard steps aside where it is set. */
export const BEARER_ROUTE = 'gatehouse:bearer';
