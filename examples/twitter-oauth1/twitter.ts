import type { RemoteAppSettings } from 'gatehouse';

/** Twitter by OAuth 1.0a, for the list of `login.apps`; `replace: [[LoginFlowStore, CachedFlows]]` stands beside it. */
export function twitter(clientId: string, clientSecret: string): RemoteAppSettings {
  return {
    name: 'twitter',
    label: 'Twitter',
    clientId,
    clientSecret,
    requestTokenUrl: 'https://api.twitter.com/oauth/request_token',
    authorizeUrl: 'https://api.twitter.com/oauth/authenticate',
    accessTokenUrl: 'https://api.twitter.com/oauth/access_token',
    apiBaseUrl: 'https://api.twitter.com/1.1/',
    userinfoUrl: 'account/verify_credentials.json',
    profile: {
      claims: { sub: 'id_str', name: 'name', preferred_username: 'screen_name', picture: 'profile_image_url_https' },
    },
  };
}
