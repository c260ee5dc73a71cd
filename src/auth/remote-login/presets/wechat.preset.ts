import type { Members } from '../settings/compliance-hooks.js';
import type { Preset } from './preset.js';

/**
 * WeChat, for web sites: OAuth 2 with names of its own for the client's credentials, which stand in the address as the
 * token does, and errors with status 200. `unionid` is the same in all of a developer's apps. No addresses.
 */
export const preset: Preset = {
  label: 'WeChat',
  mark: {
    viewBox: '0 0 24 24',
    paths: [
      'M9 4c4 0 7 2.5 7 5.7S13 15.5 9 15.5l-4 2 1-3C3.5 13.5 2 11.8 2 9.7 2 6.5 5 4 9 4z',
      'M16.5 10.5c3 0 5.5 2 5.5 4.7 0 1.6-1 3-2.5 3.9l.7 2.4-3-1.5c-3 .3-5.6-1.5-6.2-4 3.5-.3 6-2.5 5.5-5.5z',
    ],
  },
  authorizeUrl: 'https://open.weixin.qq.com/connect/qrconnect',
  accessTokenUrl: 'https://api.weixin.qq.com/sns/oauth2/access_token',
  tokenRequestMethod: 'GET',
  refreshTokenUrl: 'https://api.weixin.qq.com/sns/oauth2/refresh_token',
  apiBaseUrl: 'https://api.weixin.qq.com/sns/',
  userinfoUrl: 'userinfo?openid={openid}&lang=zh_CN',
  scopes: ['snsapi_login'],
  scopeSeparator: ',',
  clientAuthentication: 'client_secret_post',
  parameterNames: { client_id: 'appid', client_secret: 'secret' },
  tokenPlacement: 'query',
  compliance: {
    authorizationUrl: (url) => `${url}#wechat_redirect`,
    accessTokenResponse: errorByItsStandardName,
    refreshTokenResponse: errorByItsStandardName,
  },
  profile: { claims: { sub: ['unionid', 'openid'], name: 'nickname', picture: 'headimgurl' } },
};

/** `{"errcode": 40029, "errmsg": "invalid code"}` is an error without the name that RFC 6749 section 5.2 gives it. */
function errorByItsStandardName({ errcode, errmsg, ...members }: Members): Members {
  return errcode === undefined || errcode === 0 ? members : { error: String(errcode), error_description: errmsg };
}
