import { applyDecorators, Controller, SetMetadata, UseFilters, VERSION_NEUTRAL } from '@nestjs/common';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { HiddenInSwagger } from './swagger.decorator.js';

/** Metadata key of our own controllers. */
export const OWN_CONTROLLER = 'gatehouse:own-controller';

/**
 * A controller of ours, in whatever application: its routes stay where the metadata says although the application
 * versions its own, its refusals are answered by us although the application has a filter for everything, and it is not
 * in the application's OpenAPI document.
 */
export const OwnController = (): ClassDecorator =>
  applyDecorators(
    Controller({ version: VERSION_NEUTRAL }),
    UseFilters(OAuthErrorFilter),
    HiddenInSwagger(),
    SetMetadata(OWN_CONTROLLER, true),
  );
