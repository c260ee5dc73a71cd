import { z } from 'zod';
import type { OptionGroup } from '../../common/config/option-group.js';
import type { RemoteAppSettings } from './settings/remote-app-settings.js';

/** The group `login`: the providers at which end users can sign in. */
export abstract class LoginOptions {
  /** Providers to sign in at. @default none */
  abstract readonly apps: readonly RemoteAppSettings[];
}

const settings = z.custom<RemoteAppSettings>(
  (app) => typeof app === 'object' && app !== null && typeof (app as { name?: unknown }).name === 'string',
  { error: 'must be the settings of a remote app, with its name' },
);

/**
 * The group `login`. Its rule checks the form of the settings; their meaning is checked once the protocol of each app
 * is known.
 */
export const loginGroup: OptionGroup<LoginOptions> = {
  token: LoginOptions,
  rule: z.strictObject({ apps: z.array(settings, { error: 'must be a list of remote apps' }).default([]) }),
};
