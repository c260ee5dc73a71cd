import type { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';

/**
 * Shell lines that get a token, use it, ask about it and take it back, each to be pasted as it is after the one
 * before. The expected status stands beside the real one, because not every interactive shell knows comments.
 */
export function curlTour(paths: Paths, clientId: string, secret: string, scope: string): string[] {
  const client = `-u ${clientId}:${secret}`;
  const status = (expected: string) => `-w '  %{http_code} (expected: ${expected})\\n'`;
  const token = '-d token=$TOKEN';
  const bearer = `-H "Authorization: Bearer $TOKEN"`;
  return [
    `TOKEN=$(curl -s ${client} -d grant_type=client_credentials -d scope=${scope} ${paths.url(ROUTES.token)} | sed -n 's/.*"access_token":"\\([^"]*\\)".*/\\1/p'); echo $TOKEN`,
    `curl -s ${status('200')} ${bearer} ${paths.url(ROUTES.demoMe)}`,
    `curl -s ${status('403, it needs the scope profile')} ${bearer} ${paths.url(ROUTES.demoProfile)}`,
    `curl -s ${status('200 and "active":true')} ${client} ${token} ${paths.url(ROUTES.introspect)}`,
    `curl -s ${status('200 and {}')} ${client} ${token} ${paths.url(ROUTES.revoke)}`,
    `curl -s ${status('401, it is revoked')} ${bearer} ${paths.url(ROUTES.demoMe)}`,
  ];
}
