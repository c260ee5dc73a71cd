import type { StandardClaims } from '../../../users/user/user.js';
import type { ProfileMap } from './profile-map.js';

/** Reads a provider's answer by a map from each claim to what holds it. */
export function mapClaims(answer: object, map: ProfileMap['claims']): StandardClaims {
  const entries = Object.entries(map).map(([claim, source]) => {
    if (typeof source === 'object' && 'constant' in source) return [claim, source.constant] as const;
    const paths: readonly string[] = typeof source === 'string' ? [source] : source;
    return [claim, paths.reduce<unknown>((found, path) => found ?? memberAt(answer, path), undefined)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

/** The member of this very name, or else the one at the end of the path. */
function memberAt(answer: object, path: string): unknown {
  if (Object.hasOwn(answer, path)) return (answer as Readonly<Record<string, unknown>>)[path];
  return path.split('.').reduce<unknown>((value, name) => {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    return isThere ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  }, answer);
}
