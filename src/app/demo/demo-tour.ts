import type { BootstrapData } from '../../bootstrap/bootstrap-data.js';
import type { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';

/**
 * The lines that a start prints about the demonstration: its end users and clients, and shell lines to try the
 * endpoints with.
 */
export function demoTour(demo: BootstrapData, paths: Paths): string[] {
  const secretOf = (id: string) => demo.clients.find(({ clientId }) => clientId === id)?.secrets[0] ?? '';
  return [
    'Demo data is loaded; it is for trying out, not for production.',
    ...demo.users.map(({ email, password }) => `  end user ${email.padEnd(20)} password ${password}`),
    `  client   playground           public, runs the code flow by clicks: ${paths.url(ROUTES.playground)}`,
    `  client   demo-web             secret ${secretOf('demo-web')}, first party, back to http://localhost:8080/callback`,
    `  client   demo-service         secret ${secretOf('demo-service')}, client credentials`,
    'Paste these lines into a shell, one after another:',
    ...curlTour(paths, 'demo-service', secretOf('demo-service'), 'email'),
  ];
}

/**
 * Shell lines that get a token, use it, ask about it and take it back, each to be pasted as it is after the one
 * before. The expected status stands beside the real one, because not every interactive shell knows comments.
 */
function curlTour(paths: Paths, clientId: string, secret: string, scope: string): string[] {
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
