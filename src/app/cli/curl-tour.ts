import type { Issuer } from '../../common/config/issuer.js';

/**
 * Shell lines that get a token, use it, ask about it and take it back, each to be pasted as it is after the one
 * before. The expected status stands beside the real one, because not every interactive shell knows comments.
 */
export function curlTour(issuer: Issuer, clientId: string, secret: string, scope: string): string[] {
  const client = `-u ${clientId}:${secret}`;
  const status = (expected: string) => `-w '  %{http_code} (expected: ${expected})\\n'`;
  const token = '-d token=$TOKEN';
  const bearer = `-H "Authorization: Bearer $TOKEN"`;
  return [
    `TOKEN=$(curl -s ${client} -d grant_type=client_credentials -d scope=${scope} ${issuer.at('/oauth/token')} | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p'); echo $TOKEN`,
    `curl -s ${status('200')} ${bearer} ${issuer.at('/api/me')}`,
    `curl -s ${status('403, it needs the scope profile')} ${bearer} ${issuer.at('/api/profile')}`,
    `curl -s ${status('200 and "active":true')} ${client} ${token} ${issuer.at('/oauth/introspect')}`,
    `curl -s ${status('200 and {}')} ${client} ${token} ${issuer.at('/oauth/revoke')}`,
    `curl -s ${status('401, it is revoked')} ${bearer} ${issuer.at('/api/me')}`,
  ];
}
