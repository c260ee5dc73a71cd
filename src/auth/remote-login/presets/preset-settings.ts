import { readSecretVariable } from '../../../common/config/secret-variable.js';
import type { RemoteAppSettings } from '../settings/remote-app-settings.js';

/**
 * The settings of a remote app that starts from a preset: `preset('github')`, or `preset('github', { name: 'work' })` for
 * a second one there. Credentials that are left out come from the variables `{NAME}_CLIENT_ID`, `{NAME}_CLIENT_SECRET`
 * and `{NAME}_PRIVATE_KEY`, or the files that `{NAME}_CLIENT_SECRET_FILE` and `{NAME}_PRIVATE_KEY_FILE` name. Throws an
 * Error for a file that cannot be read.
 */
export function preset(from: string, settings: Partial<RemoteAppSettings> = {}): RemoteAppSettings {
  const { name = from } = settings;
  const prefix = name.toUpperCase().replaceAll('-', '_');
  const clientSecret = settings.clientSecret ?? secretOf(`${prefix}_CLIENT_SECRET`);
  const privateKey = settings.privateKey ?? secretOf(`${prefix}_PRIVATE_KEY`);
  return {
    preset: from,
    clientId: process.env[`${prefix}_CLIENT_ID`] ?? '',
    ...settings,
    ...(clientSecret !== undefined && { clientSecret }),
    ...(privateKey !== undefined && { privateKey }),
    name,
  };
}

function secretOf(variable: string): string | undefined {
  const { value, faults } = readSecretVariable(variable, process.env);
  const [fault] = faults;
  if (fault !== undefined) throw new Error(`${fault.name} ${fault.problem}; ${fault.fix}`);
  return value;
}
