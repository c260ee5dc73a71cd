/**
 * Every route of the product, from the mount path on. Controllers, middleware, links, redirects and metadata take their
 * addresses from this list and from nowhere else; `Paths` makes addresses of them. A `:name` stands for one segment.
 */
export const ROUTES = {
  /** The start page. */
  home: '/',
  asset: '/assets/:fileName',

  signIn: '/login',
  /** Goes on with the account that is signed in. */
  continueSignIn: '/login/continue',
  signOut: '/logout',

  /**
   * Starts signing in at a provider. The browser comes back to the second route; the end user agrees to linking at the
   * third.
   */
  remoteSignIn: '/auth/:provider',
  remoteCallback: '/auth/:provider/callback',
  linkAccount: '/auth/:provider/link',

  /** RFC 6749 section 3.1, and the two ways back into it: after signing in, and from the consent page. */
  authorize: '/oauth/authorize',
  resumeAuthorize: '/oauth/authorize/resume',
  decideAuthorize: '/oauth/authorize/decision',
  /** RFC 6749 section 3.2. */
  token: '/oauth/token',
  /** RFC 7662 section 2. */
  introspect: '/oauth/introspect',
  /** RFC 7009 section 2. */
  revoke: '/oauth/revoke',
  /** OpenID Connect Core section 5.3. */
  userinfo: '/oauth/userinfo',
  /** RFC 7517 section 5. */
  jwks: '/oauth/jwks',
  /** OpenID Connect Discovery section 4. */
  openidConfiguration: '/.well-known/openid-configuration',
  /** RFC 8414 section 3. */
  serverMetadata: '/.well-known/oauth-authorization-server',

  /** What an end user allowed to which client. */
  authorizations: '/oauth/authorizations',
  revokeAuthorization: '/oauth/authorizations/revoke',

  /** The accounts at providers by which an end user signs in. */
  logins: '/account/logins',
  unlinkLogin: '/account/logins/unlink',
  /** What a provider says now about the end user. */
  remoteProfile: '/profile/:provider',

  /** What an error code means (`error_uri`, RFC 6749 section 5.2). */
  errorDocs: '/docs/errors/:code',

  live: '/health/live',
  ready: '/health/ready',

  playground: '/playground',
  playgroundCallback: '/playground/callback',
  playgroundRun: '/playground/run',
  demoMe: '/api/me',
  demoProfile: '/api/profile',
} as const;

/** Every path of the application that imports us. */
export const EVERY_ROUTE = '{*path}';

/** A route, as controllers register it: from the mount path on, with `:name` for a segment that varies. */
export type Route = `/${string}`;

/** The names of a route's segments that vary; `never` for a route without any. */
export type RouteParameter<Pattern extends string> = Pattern extends `${infer Segment}/${infer Rest}`
  ? NameOf<Segment> | RouteParameter<Rest>
  : NameOf<Pattern>;

type NameOf<Segment extends string> = Segment extends `:${infer Name}` ? Name : never;
