/**
 * Reads a URL; undefined for a text that is none. `URL.canParse` is not used anywhere: once Node.js 20 has compiled a call
 * of it, it refuses URLs with letters such as `ä`.
 */
export function parseUrl(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
