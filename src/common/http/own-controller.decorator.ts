import { applyDecorators, Controller, UseFilters, VERSION_NEUTRAL } from '@nestjs/common';
import { OAuthErrorFilter } from './oauth-error.filter.js';
import { HiddenInSwagger } from './swagger.decorator.js';

/**
 * A controller of ours, in whatever application: its routes stay where the metadata says although the application
 * versions its own, its refusals are answered by us although the application has a filter for everything, and it is not
 * in the application's OpenAPI document.
 */
export const OwnController = (): ClassDecorator =>
  applyDecorators(Controller({ version: VERSION_NEUTRAL }), UseFilters(OAuthErrorFilter), HiddenInSwagger());
