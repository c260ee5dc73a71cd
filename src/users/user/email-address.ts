import { domainToASCII, domainToUnicode } from 'node:url';

const NOT_ASCII = /[^\0-\x7f]/;

/**
 * An e-mail address in the one form in which addresses are stored, compared and counted, whoever typed it on which
 * keyboard: lower case, NFC, and the domain in A-labels (RFC 5890 section 2.3.2.1), as OpenID Connect Core section 5.1
 * wants it on the wire. `Jörg@BÜCHER.example` becomes `jörg@xn--bcher-kva.example`. A domain that IDNA would turn into
 * another one, say by leaving characters out, stays what it is, so that no address can pose as somebody else's.
 */
export function normalEmail(email: string): string {
  const [localPart, domain] = partsOf(email);
  const ascii = NOT_ASCII.test(domain) ? domainToASCII(domain) : '';
  return localPart + (domainToUnicode(ascii) === domain ? ascii : domain);
}

/** Every form in which an address may have been stored, the normal one first: earlier versions kept it as it was typed. */
export function spellingsOf(email: string): string[] {
  const normal = normalEmail(email);
  const [localPart, domain] = partsOf(normal);
  const unicode = domainToUnicode(domain);
  const typed = localPart + (domainToASCII(unicode) === domain ? unicode : domain);
  return [...new Set([normal, typed, typed.normalize('NFD')])];
}

/**
 * The two parts of an address: up to the last `@`, included, and the domain. A text without `@` is a local part alone.
 */
function partsOf(email: string): [localPart: string, domain: string] {
  const text = email.normalize('NFC').toLowerCase().normalize('NFC');
  const at = text.lastIndexOf('@') + 1;
  return at === 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}
