import helmet from 'helmet';

/**
 * Sets the security headers of a page, as Express middleware. form-action is left off on purpose: browsers apply it to
 * the whole redirect chain of a POST, which would stop the way back to a client after Allow. Cross-Origin-Opener-Policy
 * is left off too: to a client that signs its end users in by a popup it would make the popup look closed at once.
 */
export const setPageHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'", 'https:', 'data:'],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginOpenerPolicy: false,
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: false,
});
