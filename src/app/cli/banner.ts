import { ROUTES } from '../../common/http/routes.js';
import { summaryOf } from '../bootstrap/bootstrap-data.js';
import type { EnvironmentSettings } from '../environment/environment-reader.js';
import type { GatehouseServer } from '../gatehouse-server.js';
import { curlTour } from './curl-tour.js';

/** What a start prints, in few lines: where the server is, and with demo data everything to try it out. */
export function banner(server: GatehouseServer, settings: EnvironmentSettings, startMilliseconds: number): string {
  const { issuer, port } = server;
  const moved = port === settings.port || settings.port === 0 ? '' : ` (port ${settings.port} is taken)`;
  const lines = [`Gatehouse is ready at ${issuer.url}${moved} after ${Math.round(startMilliseconds)} ms.`];
  if (settings.database === 'embedded') lines.push(`Its PostgreSQL keeps the data in ${settings.dataFolder}.`);
  const { bootstrap } = settings;
  if (bootstrap) lines.push(`${bootstrap.file} is loaded (${summaryOf(bootstrap.data)}).`);
  return [...lines, ...demoLines(server), 'Ctrl-C stops it.', ''].join('\n');
}

function demoLines({ paths, demo }: GatehouseServer): string[] {
  if (!demo) return [];
  const secretOf = (id: string) => demo.clients.find(({ clientId }) => clientId === id)?.secrets[0] ?? '';
  return [
    'Demo data is loaded; it is for trying out, not for production.',
    ...demo.users.map(({ email, password }) => `  person   ${email.padEnd(20)} password ${password}`),
    `  client   playground           public, runs the code flow by clicks: ${paths.url(ROUTES.playground)}`,
    `  client   demo-web             secret ${secretOf('demo-web')}, first party, back to http://localhost:8080/callback`,
    `  client   demo-service         secret ${secretOf('demo-service')}, client credentials`,
    'Paste these lines into a shell, one after another:',
    ...curlTour(paths, 'demo-service', secretOf('demo-service'), 'email'),
  ];
}
