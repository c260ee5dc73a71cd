import { KeyRing } from '../crypto/key-ring.js';
import { DatabaseSchema } from '../database/database-schema.js';
import type { CommonOptions } from './common.options.js';

/** Gives the options back. Throws a RangeError at boot with all that is wrong with them, each with what to do about it. */
export function checkCommonOptions(options: CommonOptions): CommonOptions {
  const { issuer, secretKeys, schema } = options;
  const faults = [issuerFault(issuer), secretKeysFault(secretKeys), schemaFault(schema)].filter(
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

function schemaFault(schema: string | undefined): string | undefined {
  try {
    new DatabaseSchema(schema);
    return undefined;
  } catch (error) {
    return `- schema ${(error as Error).message}; leave it out for gatehouse, or set it to another plain name`;
  }
}
