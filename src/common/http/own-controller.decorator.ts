import { applyDecorators, Controller, SetMetadata, UseFilters, VERSION_NEUTRAL } from '@nestjs/common';
import { OAuthErrorFilter } from './oauth-error.filter.js';

/** What @nestjs/swagger reads to leave a controller out of a document; the package itself is not needed for that. */
const HIDDEN_IN_SWAGGER = 'swagger/apiExcludeController';

/** What @nestjs/swagger reads of the security schemes that a handler takes, each with its scopes. */
export const SECURITY_IN_SWAGGER = 'swagger/apiSecurity';

/**
 * A controller of ours, in whatever application: its routes stay where the metadata says although the application
 * versions its own, its refusals are answered by us although the application has a filter for everything, and it is not
 * in the application's OpenAPI document.
 */
export const OwnController = (): ClassDecorator =>
  applyDecorators(
    Controller({ version: VERSION_NEUTRAL }),
    UseFilters(OAuthErrorFilter),
    SetMetadata(HIDDEN_IN_SWAGGER, [true]),
  );
