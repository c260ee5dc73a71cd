import { SetMetadata } from '@nestjs/common';

/** What @nestjs/swagger reads to leave a controller out of a document; the package itself is not needed for that. */
const HIDDEN = 'swagger/apiExcludeController';

/** What @nestjs/swagger reads of the security schemes that a handler takes, each with its scopes. */
const SECURITY = 'swagger/apiSecurity';

/** Leaves a controller out of the OpenAPI document of the application. */
export const HiddenInSwagger = (): ClassDecorator => SetMetadata(HIDDEN, [true]);

/**
 * Adds a way to call the handler by a security scheme, beside those that the application's own decorators give: any one
 * of them is enough (OpenAPI 3.1 section 4.8.10).
 */
export const SecurityInSwagger =
  (scheme: string, scopes: readonly string[]): ClassDecorator & MethodDecorator =>
  (type: object, _name?: string | symbol, method?: PropertyDescriptor) => {
    const target = (method?.value as object | undefined) ?? type;
    const others = (Reflect.getMetadata(SECURITY, target) as readonly object[] | undefined) ?? [];
    Reflect.defineMetadata(SECURITY, [{ [scheme]: scopes }, ...others], target);
  };
