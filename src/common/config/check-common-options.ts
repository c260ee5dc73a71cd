import { KeyRing } from '../crypto/key-ring.js';
import type { CommonOptions } from './common.options.js';

/** Gives the options back. Throws a RangeError at boot with all that is wrong with them, each with what to do about it. */
export function checkCommonOptions(options: CommonOptions): CommonOptions {
  const faults = [issuerFault(options.issuer), secretKeysFault(options.secretKeys)].filter(
    (fault) => fault !== undefined,
  );
  if (faults.length > 0) throw new RangeError(`Gatehouse cannot start:\n${faults.join('\n')}`);
  return options;
}

/** Callers without strict types, or with an unset environment variable, give undefined. */
function issuerFault(issuer: string | undefined = ''): string | undefined {
  if (/^https?:\/\/[^?#]+$/i.test(issuer) && URL.canParse(issuer)) return undefined;
  const problem =
    issuer === '' ? 'is missing' : `is "${issuer}", not an absolute http(s) URL without query and fragment`;
  return `- issuer ${problem}; set it to the URL by which browsers reach this server, such as https://id.example.com`;
}

function secretKeysFault(secretKeys: string | undefined = ''): string | undefined {
  try {
    KeyRing.parse(secretKeys);
    return undefined;
  } catch (error) {
    const problem = secretKeys === '' ? 'is missing' : `cannot be used: ${(error as Error).message}`;
    return `- secretKeys ${problem}; set it to id:key, where key is 32 random bytes as base64url`;
  }
}
