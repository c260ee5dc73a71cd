import { SetMetadata } from '@nestjs/common';

/** Makes a class decorator that claims a wire name for its class, for example `@GrantType('password')`. */
export function claimDecorator(key: string): (name: string, options?: { replace?: boolean }) => ClassDecorator {
  return (name, { replace = false } = {}) => SetMetadata(key, { name, replace });
}
