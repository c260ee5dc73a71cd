/** The WWW-Authenticate header of a protected resource with these attributes (RFC 6750 section 3). */
export function bearerChallenge(attributes: Readonly<Record<string, string>> = {}): Record<string, string> {
  const pairs = Object.entries({ realm: 'gatehouse', ...attributes }).map(([name, value]) => `${name}="${value}"`);
  return { 'WWW-Authenticate': `Bearer ${pairs.join(', ')}` };
}
