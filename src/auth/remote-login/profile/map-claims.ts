import type { StandardClaims } from '../../../users/user/user.js';
import type { ProfileMap } from './profile-map.js';

/** Reads a provider's answer by a map from each claim to the member, or the first present member, that holds it. */
export function mapClaims(answer: object, map: ProfileMap['claims']): StandardClaims {
  const members = answer as Readonly<Record<string, unknown>>;
  const entries = Object.entries(map).map(([claim, names]) => [
    claim,
    [names].flat().reduce<unknown>((found, name) => found ?? members[name], undefined),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}
