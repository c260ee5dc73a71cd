import { summaryOf } from '../../bootstrap/bootstrap-data.js';
import type { EnvironmentSettings } from '../environment/environment-reader.js';
import type { GatehouseServer } from '../gatehouse-server.js';

/** The lines that a start prints: the address of the server, and with DEMO everything to try it out. */
export function banner(server: GatehouseServer, settings: EnvironmentSettings, startMilliseconds: number): string {
  const { issuer, port } = server;
  const moved = port === settings.port || settings.port === 0 ? '' : ` (port ${settings.port} is taken)`;
  const lines = [`Gatehouse is ready at ${issuer.url}${moved} after ${Math.round(startMilliseconds)} ms.`];
  if (settings.database === 'embedded') lines.push(`Its PostgreSQL keeps the data in ${settings.dataFolder}.`);
  const { bootstrap } = settings;
  if (bootstrap) lines.push(`${bootstrap.file} is loaded (${summaryOf(bootstrap.data)}).`);
  return [...lines, ...server.tour, 'Ctrl-C stops it.', ''].join('\n');
}
