import type { RemoteAppSettings } from '../settings/remote-app-settings.js';

/** What is known of a provider beforehand: everything but this client's name and credentials there. */
export type Preset = Omit<RemoteAppSettings, 'name' | 'clientId' | 'clientSecret'> & { readonly label: string };
