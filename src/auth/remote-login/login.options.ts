import { z } from 'zod';
import type { OptionGroup } from '../../common/config/option-group.js';
import type { RemoteAppSettings } from './settings/remote-app-settings.js';

/** The group `login`: where end users can sign in besides here. */
export abstract class LoginOptions {
  /** Providers to sign in at. @default none */
  abstract readonly apps: readonly RemoteAppSettings[];
}

const settings = z.custom<RemoteAppSettings>(
  (app) => typeof app === 'object' && app !== null && typeof (app as { name?: unknown }).name === 'string',
  { error: 'must be the settings of a remote app, with its name' },
);

/** The group `login`; what is wrong with the settings of an app is told once the protocol of each is known. */
export const loginGroup: OptionGroup<LoginOptions> = {
  token: LoginOptions,
  rule: z.strictObject({ apps: z.array(settings, { error: 'must be a list of remote apps' }).default([]) }),
};
