import helmet from 'helmet';

/**
 * Sets the security headers of a page, as Express middleware. form-action is left off on purpose: browsers apply it to
 * the whole redirect chain of a POST, which would stop the way back to a client after Allow.
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
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: false,
});
