import { familyDecorator } from '../../common/extension/family-decorator.js';
import type { RemoteAppSettings } from './settings/remote-app-settings.js';

/**
 * Offers signing in at a provider whose settings are the members of this injectable class (RemoteAppSettings without
 * the name): for settings that are computed, or a profile that needs code. `{ replace: true }` takes the name from an
 * app of the options.
 */
export const RemoteApp = familyDecorator<Omit<RemoteAppSettings, 'name'>>('remote app');
