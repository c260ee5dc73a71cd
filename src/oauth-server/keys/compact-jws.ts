/** The parts of a compact JWS (RFC 7515 section 7.1), read but not verified. */
export interface CompactJws {
  readonly header: Readonly<Record<string, unknown>>;
  /** The text that the signature covers: header and payload, each in base64url. */
  readonly input: string;
  /** The payload in base64url, to be decoded once the signature is verified. */
  readonly payload: string;
  readonly signature: Buffer;
}

/** The input of a signature: header and payload, each as base64url of its JSON. */
export function jwsInput(header: object, payload: object): string {
  return `${encode(header)}.${encode(payload)}`;
}

/**
 * Reads the parts of a compact JWS. Undefined for any other text, and for a signature that is not in canonical
 * base64url, so that one token has one spelling.
 */
export function readCompactJws(text: string): CompactJws | undefined {
  const [, input, encodedHeader, payload, encodedSignature] = /^(([\w-]+)\.([\w-]+))\.([\w-]+)$/.exec(text) ?? [];
  if (!input || !encodedHeader || !payload || !encodedSignature) return undefined;
  const header = decodeObject(encodedHeader);
  const signature = Buffer.from(encodedSignature, 'base64url');
  if (header === undefined || signature.toString('base64url') !== encodedSignature) return undefined;
  return { header, input, payload, signature };
}

/** The JSON object behind base64url; undefined for anything else. */
export function decodeObject(encoded: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
