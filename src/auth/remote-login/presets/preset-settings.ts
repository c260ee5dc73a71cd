import { readSecretVariable } from '../../../common/config/secret-variable.js';
import type { RemoteAppSettings } from '../settings/remote-app-settings.js';

/**
 * The settings of a remote app that starts from a preset: `preset('github')`, or `preset('github', { name: 'work' })` for
 * a second one there. Credentials that are left out come from the variables `{NAME}_CLIENT_ID` and `{NAME}_CLIENT_SECRET`,
 * or the file that `{NAME}_CLIENT_SECRET_FILE` names. Throws an Error for a file that cannot be read.
 */
export function preset(from: string, settings: Partial<RemoteAppSettings> = {}): RemoteAppSettings {
  const { name = from } = settings;
  const prefix = name.toUpperCase().replaceAll('-', '_');
  const { value: clientSecret, faults } = readSecretVariable(`${prefix}_CLIENT_SECRET`, process.env);
  const [fault] = settings.clientSecret === undefined ? faults : [];
  if (fault !== undefined) throw new Error(`${fault.name} ${fault.problem}; ${fault.fix}`);
  const clientId = process.env[`${prefix}_CLIENT_ID`] ?? '';
  return { preset: from, clientId, ...(clientSecret !== undefined && { clientSecret }), ...settings, name };
}
