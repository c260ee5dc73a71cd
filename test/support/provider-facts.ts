/** How a provider really behaves, from its documentation and from what libraries of other projects do for it. */
export interface ProviderFacts {
  readonly name: string;
  /** Where the shapes of the answers are from; the values are made up. */
  readonly source: string;
  readonly protocol: 'oauth2' | 'oidc';
  readonly issuer?: string;
  readonly authorize: string;
  readonly token: string;
  readonly userinfo?: string;
  readonly refresh?: string;
  /** How the client proves itself in the token request. */
  readonly client: 'basic' | 'post' | 'query' | 'apple';
  /** What it calls client_id and client_secret. */
  readonly clientNames?: readonly [id: string, secret: string];
  /** The value of the parameter scope of the authorization request. */
  readonly scope: string;
  /** Parameters that the authorization request must have besides. */
  readonly authorizeParams?: Readonly<Record<string, string>>;
  readonly responseMode?: 'form_post';
  readonly userinfoMethod?: 'POST';
  readonly tokenIn?: 'query';
  /** Parameters of user info besides the token. */
  readonly userinfoQuery?: Readonly<Record<string, string>>;
  readonly needsUserAgent?: boolean;
  /** False: its id_tokens have no nonce. */
  readonly nonce?: false;
  readonly idTokenAlgorithm?: 'HS256';
  /** Members of the token response besides the access token, and what goes in place of the usual ones. */
  readonly tokenResponse: Readonly<Record<string, unknown>>;
  /** True where a refresh token comes along. */
  readonly refreshes?: true;
  readonly refusal: { readonly status: number; readonly body: object; readonly code: string };
  /** What it answers where the end user declines. */
  readonly denied?: Readonly<Record<string, string>>;
  /** Claims of the id_token besides those of the protocol. */
  readonly idToken?: Readonly<Record<string, unknown>>;
  readonly userinfoResponse?: object;
  /** Further addresses of the API, and their answers. */
  readonly more?: Readonly<Record<string, object>>;
  /** What comes of it all: the subject, claims and verified address that are kept. */
  readonly normalised: Readonly<Record<string, unknown>> & { readonly sub: string };
}

const REFUSED = { status: 400, body: { error: 'invalid_grant', error_description: 'Bad code' }, code: 'invalid_grant' };
const BEARER = { token_type: 'Bearer', expires_in: 3600 };
const ADA = { name: 'Ada', email: 'ada@example.com', email_verified: true };
const KEPT = { name: 'Ada', email: 'ada@example.com' };

/** An OpenID Connect provider that keeps to the standard, wherever its tenants are. */
const generic = (name: string, issuer: string): ProviderFacts => ({
  name,
  source: `OpenID Connect Core, which ${name} keeps to`,
  protocol: 'oidc',
  issuer,
  authorize: `${issuer.replace(/\/$/, '')}/authorize`,
  token: `${issuer.replace(/\/$/, '')}/token`,
  userinfo: `${issuer.replace(/\/$/, '')}/userinfo`,
  client: 'basic',
  scope: 'openid email profile',
  tokenResponse: { ...BEARER, scope: 'openid email profile' },
  refusal: REFUSED,
  idToken: {},
  userinfoResponse: { ...ADA, preferred_username: 'ada' },
  normalised: { sub: '42', ...KEPT, preferred_username: 'ada' },
});

/** The providers that have a preset. */
export const PROVIDERS: readonly ProviderFacts[] = [
  {
    name: 'github',
    source: 'docs.github.com: authorizing OAuth apps; REST: get the authenticated user, list email addresses',
    protocol: 'oauth2',
    authorize: 'https://github.com/login/oauth/authorize',
    token: 'https://github.com/login/oauth/access_token',
    userinfo: 'https://api.github.com/user',
    client: 'basic',
    scope: 'read:user user:email',
    needsUserAgent: true,
    tokenResponse: { token_type: 'bearer', scope: 'read:user,user:email' },
    refusal: {
      status: 200,
      body: { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' },
      code: 'bad_verification_code',
    },
    userinfoResponse: {
      login: 'ada',
      id: 42,
      name: null,
      avatar_url: 'https://a.test/42',
      html_url: 'https://github.com/ada',
      blog: '',
      email: null,
    },
    more: {
      'https://api.github.com/user/emails': [
        { email: 'old@example.com', primary: false, verified: true, visibility: null },
        { email: 'ada@example.com', primary: true, verified: true, visibility: 'private' },
      ],
    },
    normalised: {
      sub: '42',
      ...KEPT,
      name: 'ada',
      preferred_username: 'ada',
      picture: 'https://a.test/42',
      profile: 'https://github.com/ada',
    },
  },
  {
    ...generic('gitlab', 'https://gitlab.com'),
    source: 'docs.gitlab.com: GitLab as OpenID Connect identity provider',
    authorize: 'https://gitlab.com/oauth/authorize',
    token: 'https://gitlab.com/oauth/token',
    userinfo: 'https://gitlab.com/oauth/userinfo',
    refreshes: true,
    userinfoResponse: { ...ADA, nickname: 'ada', preferred_username: 'ada', groups: ['group'] },
    normalised: { sub: '42', ...KEPT, nickname: 'ada', preferred_username: 'ada' },
  },
  {
    name: 'bitbucket',
    source: 'developer.atlassian.com: Bitbucket Cloud REST, GET /user and /user/emails',
    protocol: 'oauth2',
    authorize: 'https://bitbucket.org/site/oauth2/authorize',
    token: 'https://bitbucket.org/site/oauth2/access_token',
    userinfo: 'https://api.bitbucket.org/2.0/user',
    client: 'basic',
    scope: 'account email',
    tokenResponse: { token_type: 'bearer', expires_in: 7200, scopes: 'account email' },
    refreshes: true,
    refusal: REFUSED,
    userinfoResponse: {
      type: 'user',
      uuid: '{42}',
      account_id: '557058:42',
      display_name: 'Ada',
      nickname: 'ada',
      links: { avatar: { href: 'https://a.test/42' }, html: { href: 'https://bitbucket.org/%7B42%7D/' } },
    },
    more: {
      'https://api.bitbucket.org/2.0/user/emails': {
        values: [{ email: 'ada@example.com', is_primary: true, is_confirmed: true, type: 'email' }],
      },
    },
    normalised: {
      sub: '{42}',
      ...KEPT,
      preferred_username: 'ada',
      picture: 'https://a.test/42',
      profile: 'https://bitbucket.org/%7B42%7D/',
    },
  },
  {
    ...generic('google', 'https://accounts.google.com'),
    source: 'developers.google.com: OpenID Connect',
    authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    userinfo: 'https://openidconnect.googleapis.com/v1/userinfo',
    idToken: { ...ADA, at_hash: 'x', hd: 'example.com' },
    userinfoResponse: { ...ADA, given_name: 'Ada', picture: 'https://a.test/42' },
    normalised: { sub: '42', ...KEPT, given_name: 'Ada', picture: 'https://a.test/42' },
  },
  {
    ...generic('microsoft', 'https://login.microsoftonline.com/common/v2.0'),
    source: 'learn.microsoft.com: ID tokens, and the UserInfo endpoint',
    authorize: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    token: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    userinfo: 'https://graph.microsoft.com/oidc/userinfo',
    idToken: { name: 'Ada', preferred_username: 'ada@corp.example', tid: '9188040d-6c67-4c5b-b112-36a304b66dad' },
    userinfoResponse: { name: 'Ada', email: 'ada@corp.example' },
    normalised: { sub: '42', name: 'Ada', preferred_username: 'ada@corp.example' },
  },
  {
    name: 'apple',
    source: 'developer.apple.com: Sign in with Apple REST API; TokenResponse, and the form of the first sign-in',
    protocol: 'oidc',
    issuer: 'https://appleid.apple.com',
    authorize: 'https://appleid.apple.com/auth/authorize',
    token: 'https://appleid.apple.com/auth/token',
    client: 'apple',
    scope: 'openid name email',
    responseMode: 'form_post',
    tokenResponse: BEARER,
    refreshes: true,
    refusal: { status: 400, body: { error: 'invalid_grant' }, code: 'invalid_grant' },
    denied: { error: 'user_cancelled_authorize' },
    idToken: { email: 'relayed@privaterelay.appleid.com', email_verified: 'true', is_private_email: 'true' },
    normalised: {
      sub: '42',
      name: 'Ada Lovelace',
      given_name: 'Ada',
      family_name: 'Lovelace',
      email: 'relayed@privaterelay.appleid.com',
    },
  },
  {
    name: 'facebook',
    source: 'developers.facebook.com: manually build a login flow; Graph API, User',
    protocol: 'oauth2',
    authorize: 'https://www.facebook.com/v24.0/dialog/oauth',
    token: 'https://graph.facebook.com/v24.0/oauth/access_token',
    userinfo: 'https://graph.facebook.com/v24.0/me',
    client: 'post',
    scope: 'public_profile',
    userinfoQuery: { fields: 'id,name,first_name,middle_name,last_name,picture' },
    tokenResponse: { token_type: 'bearer', expires_in: 5_183_944 },
    refusal: {
      status: 400,
      body: { error: { message: 'This authorization code has been used.', type: 'OAuthException', code: 100 } },
      code: 'OAuthException',
    },
    denied: { error: 'access_denied', error_code: '200', error_reason: 'user_denied' },
    userinfoResponse: {
      id: '42',
      name: 'Ada',
      first_name: 'Ada',
      last_name: 'Lovelace',
      picture: { data: { height: 50, is_silhouette: false, url: 'https://a.test/42', width: 50 } },
    },
    normalised: { sub: '42', name: 'Ada', given_name: 'Ada', family_name: 'Lovelace', picture: 'https://a.test/42' },
  },
  {
    name: 'x',
    source: 'docs.x.com: OAuth 2.0 authorization code flow with PKCE; GET /2/users/me',
    protocol: 'oauth2',
    authorize: 'https://x.com/i/oauth2/authorize',
    token: 'https://api.x.com/2/oauth2/token',
    userinfo: 'https://api.x.com/2/users/me',
    client: 'basic',
    scope: 'users.read tweet.read users.email offline.access',
    userinfoQuery: { 'user.fields': 'profile_image_url,confirmed_email' },
    tokenResponse: { token_type: 'bearer', expires_in: 7200 },
    refreshes: true,
    refusal: {
      status: 400,
      body: { error: 'invalid_request', error_description: 'Value passed for the authorization code was invalid.' },
      code: 'invalid_request',
    },
    userinfoResponse: {
      data: {
        id: '42',
        name: 'Ada',
        username: 'ada',
        profile_image_url: 'https://a.test/42',
        confirmed_email: 'ada@example.com',
      },
    },
    normalised: { sub: '42', ...KEPT, preferred_username: 'ada', picture: 'https://a.test/42' },
  },
  {
    ...generic('linkedin', 'https://www.linkedin.com/oauth'),
    source: 'learn.microsoft.com: Sign in with LinkedIn using OpenID Connect',
    authorize: 'https://www.linkedin.com/oauth/v2/authorization',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
    userinfo: 'https://api.linkedin.com/v2/userinfo',
    client: 'post',
    nonce: false,
    denied: { error: 'user_cancelled_login' },
    userinfoResponse: { ...ADA, given_name: 'Ada', locale: { country: 'US', language: 'en' } },
    normalised: { sub: '42', ...KEPT, given_name: 'Ada' },
  },
  {
    name: 'discord',
    source: 'discord.com/developers: OAuth2, and the User object',
    protocol: 'oauth2',
    authorize: 'https://discord.com/oauth2/authorize',
    token: 'https://discord.com/api/oauth2/token',
    userinfo: 'https://discord.com/api/users/@me',
    client: 'basic',
    scope: 'identify email',
    needsUserAgent: true,
    tokenResponse: { token_type: 'Bearer', expires_in: 604_800, scope: 'identify email' },
    refreshes: true,
    refusal: {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Invalid "code" in request.' },
      code: 'invalid_grant',
    },
    userinfoResponse: {
      id: '42',
      username: 'ada',
      discriminator: '0',
      global_name: 'Ada',
      avatar: null,
      verified: true,
      email: 'ada@example.com',
      locale: 'en-US',
    },
    normalised: { sub: '42', ...KEPT, preferred_username: 'ada', locale: 'en-US' },
  },
  {
    ...generic('slack', 'https://slack.com'),
    source: 'docs.slack.dev: Sign in with Slack, openid.connect.userInfo',
    authorize: 'https://slack.com/openid/connect/authorize',
    token: 'https://slack.com/api/openid.connect.token',
    userinfo: 'https://slack.com/api/openid.connect.userInfo',
    tokenResponse: { ok: true, ...BEARER },
    refusal: { status: 200, body: { ok: false, error: 'invalid_code' }, code: 'invalid_code' },
    userinfoResponse: { ok: true, ...ADA, 'https://slack.com/team_id': 'T1', picture: 'https://a.test/42' },
    normalised: { sub: '42', ...KEPT, picture: 'https://a.test/42' },
  },
  {
    ...generic('twitch', 'https://id.twitch.tv/oauth2'),
    source: 'dev.twitch.tv: getting OIDC access tokens, UserInfo',
    authorize: 'https://id.twitch.tv/oauth2/authorize',
    token: 'https://id.twitch.tv/oauth2/token',
    userinfo: 'https://id.twitch.tv/oauth2/userinfo',
    client: 'post',
    scope: 'openid user:read:email',
    tokenResponse: { ...BEARER, token_type: 'bearer', scope: ['openid', 'user:read:email'] },
    refreshes: true,
    refusal: {
      status: 400,
      body: { status: 400, message: 'Invalid authorization code' },
      code: 'an unreadable answer',
    },
    idToken: { email: 'ada@example.com', email_verified: true, preferred_username: 'Ada' },
    userinfoResponse: { preferred_username: 'Ada', picture: 'https://a.test/42' },
    normalised: { sub: '42', email: 'ada@example.com', preferred_username: 'Ada', picture: 'https://a.test/42' },
  },
  {
    name: 'spotify',
    source: "developer.spotify.com: authorization code flow; Web API, get current user's profile",
    protocol: 'oauth2',
    authorize: 'https://accounts.spotify.com/authorize',
    token: 'https://accounts.spotify.com/api/token',
    userinfo: 'https://api.spotify.com/v1/me',
    client: 'basic',
    scope: 'user-read-email user-read-private',
    tokenResponse: { ...BEARER, scope: 'user-read-email user-read-private' },
    refreshes: true,
    refusal: REFUSED,
    userinfoResponse: {
      id: '42',
      display_name: 'Ada',
      email: 'ada@example.com',
      country: 'GB',
      images: [],
      external_urls: { spotify: 'https://open.spotify.com/user/42' },
      type: 'user',
    },
    normalised: { sub: '42', name: 'Ada', profile: 'https://open.spotify.com/user/42' },
  },
  {
    name: 'dropbox',
    source: 'dropbox.com/developers: OAuth guide; HTTP API, users/get_current_account',
    protocol: 'oauth2',
    authorize: 'https://www.dropbox.com/oauth2/authorize',
    token: 'https://api.dropboxapi.com/oauth2/token',
    userinfo: 'https://api.dropboxapi.com/2/users/get_current_account',
    client: 'basic',
    scope: 'account_info.read',
    authorizeParams: { token_access_type: 'offline' },
    userinfoMethod: 'POST',
    tokenResponse: {
      token_type: 'bearer',
      expires_in: 14_400,
      account_id: '42',
      uid: '42',
      scope: 'account_info.read',
    },
    refreshes: true,
    refusal: {
      status: 400,
      body: { error: 'invalid_grant', error_description: "code doesn't exist or has expired" },
      code: 'invalid_grant',
    },
    userinfoResponse: {
      account_id: '42',
      name: {
        given_name: 'Ada',
        surname: 'Lovelace',
        familiar_name: 'Ada',
        display_name: 'Ada',
        abbreviated_name: 'AL',
      },
      email: 'ada@example.com',
      email_verified: true,
      disabled: false,
      locale: 'en',
    },
    normalised: { sub: '42', ...KEPT, given_name: 'Ada', family_name: 'Lovelace', locale: 'en' },
  },
  {
    name: 'reddit',
    source: 'github.com/reddit-archive/reddit/wiki/OAuth2; reddit.com/dev/api, GET /api/v1/me',
    protocol: 'oauth2',
    authorize: 'https://www.reddit.com/api/v1/authorize',
    token: 'https://www.reddit.com/api/v1/access_token',
    userinfo: 'https://oauth.reddit.com/api/v1/me',
    client: 'basic',
    scope: 'identity',
    authorizeParams: { duration: 'permanent' },
    needsUserAgent: true,
    tokenResponse: { token_type: 'bearer', expires_in: 86_400, scope: 'identity' },
    refreshes: true,
    refusal: { status: 200, body: { error: 'invalid_grant' }, code: 'invalid_grant' },
    userinfoResponse: { id: '42', name: 'ada', icon_img: 'https://a.test/42?width=256', has_verified_email: true },
    normalised: { sub: '42', name: 'ada', preferred_username: 'ada', picture: 'https://a.test/42?width=256' },
  },
  {
    ...generic('line', 'https://access.line.me'),
    source: 'developers.line.biz: integrating LINE Login with your web app',
    authorize: 'https://access.line.me/oauth2/v2.1/authorize',
    token: 'https://api.line.me/oauth2/v2.1/token',
    userinfo: 'https://api.line.me/oauth2/v2.1/userinfo',
    client: 'post',
    idTokenAlgorithm: 'HS256',
    refreshes: true,
    tokenResponse: { ...BEARER, scope: 'profile openid email' },
    idToken: { name: 'Ada', picture: 'https://a.test/42', email: 'ada@example.com', amr: ['linesso'] },
    userinfoResponse: { name: 'Ada', picture: 'https://a.test/42' },
    normalised: { sub: '42', name: 'Ada', picture: 'https://a.test/42' },
  },
  {
    name: 'weibo',
    source: 'no documentation was found that answers from here; members as libraries of other projects read them',
    protocol: 'oauth2',
    authorize: 'https://api.weibo.com/oauth2/authorize',
    token: 'https://api.weibo.com/oauth2/access_token',
    userinfo: 'https://api.weibo.com/2/users/show.json',
    client: 'post',
    scope: '',
    tokenIn: 'query',
    userinfoQuery: { uid: '42' },
    tokenResponse: { expires_in: 157_679_999, remind_in: '157679999', uid: '42', isRealName: 'true' },
    refusal: {
      status: 400,
      body: { error: 'invalid_grant', error_code: 21_325, request: '/oauth2/access_token' },
      code: 'invalid_grant',
    },
    denied: { error: 'access_denied', error_code: '21330' },
    userinfoResponse: { id: 42, idstr: '42', screen_name: 'ada', name: 'Ada', profile_image_url: 'https://a.test/42' },
    normalised: { sub: '42', name: 'Ada', preferred_username: 'ada', picture: 'https://a.test/42' },
  },
  {
    name: 'wechat',
    source: 'no documentation was found that answers from here; members as libraries of other projects read them',
    protocol: 'oauth2',
    authorize: 'https://open.weixin.qq.com/connect/qrconnect',
    token: 'https://api.weixin.qq.com/sns/oauth2/access_token',
    refresh: 'https://api.weixin.qq.com/sns/oauth2/refresh_token',
    userinfo: 'https://api.weixin.qq.com/sns/userinfo',
    client: 'query',
    clientNames: ['appid', 'secret'],
    scope: 'snsapi_login',
    tokenIn: 'query',
    userinfoQuery: { openid: 'o42', lang: 'zh_CN' },
    tokenResponse: { expires_in: 7200, openid: 'o42', scope: 'snsapi_login', unionid: 'u42' },
    refreshes: true,
    refusal: { status: 200, body: { errcode: 40_029, errmsg: 'invalid code' }, code: '40029' },
    userinfoResponse: { openid: 'o42', unionid: 'u42', nickname: 'Ada', sex: 0, headimgurl: 'https://a.test/42' },
    normalised: { sub: 'u42', name: 'Ada', picture: 'https://a.test/42' },
  },
  {
    name: 'yandex',
    source: 'no documentation was found that answers from here; members as libraries of other projects read them',
    protocol: 'oauth2',
    authorize: 'https://oauth.yandex.com/authorize',
    token: 'https://oauth.yandex.com/token',
    userinfo: 'https://login.yandex.ru/info',
    client: 'basic',
    scope: 'login:info login:email login:avatar',
    userinfoQuery: { format: 'json' },
    tokenResponse: { token_type: 'bearer', expires_in: 31_536_000 },
    refreshes: true,
    refusal: {
      status: 400,
      body: { error: 'bad_verification_code', error_description: 'Invalid code' },
      code: 'bad_verification_code',
    },
    userinfoResponse: {
      id: '42',
      login: 'ada',
      display_name: 'Ada',
      real_name: 'Ada Lovelace',
      first_name: 'Ada',
      last_name: 'Lovelace',
      default_email: 'ada@yandex.example',
    },
    normalised: { sub: '42', name: 'Ada', given_name: 'Ada', family_name: 'Lovelace', preferred_username: 'ada' },
  },
  { ...generic('auth0', 'https://tenant.eu.auth0.com/'), source: 'auth0.com/docs: OpenID Connect protocol' },
  { ...generic('okta', 'https://corp.okta.com'), source: 'developer.okta.com: OpenID Connect & OAuth 2.0 API' },
  {
    ...generic('keycloak', 'https://id.corp.example/realms/corp'),
    source: 'keycloak.org: securing applications, OpenID Connect',
  },
];
