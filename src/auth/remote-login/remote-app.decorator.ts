import { claimDecorator } from '../../common/extension/name-claim.decorator.js';

/** Metadata key under which a class claims the name of a remote app. */
export const REMOTE_APP = 'gatehouse:remote-app';

/**
 * Offers signing in at a provider whose settings are the members of this injectable class (RemoteAppSettings without
 * the name): for settings that are computed, or a profile that needs code. `{ replace: true }` takes the name from an
 * app of the options.
 */
export const RemoteApp = claimDecorator(REMOTE_APP);
