import { familyDecorator } from '../../common/extension/family-decorator.js';
import type { ServiceMark } from '../../ui/components/service-mark.js';
import type { ComplianceHooks } from './settings/compliance-hooks.js';
import type { Admission, RemoteAppSettings } from './settings/remote-app-settings.js';

/** A provider to sign in at, with checked settings. The remote apps of every protocol have these members. */
export interface RemoteApp {
  /** Part of the URL `/auth/<name>`. */
  readonly name: string;
  /** The name that end users know. */
  readonly label: string;
  /** The login protocol that it speaks, such as `oauth2` or `oidc`. */
  readonly protocol: string;
  /** How the provider's answer comes back; by `form_post` it is a POST from the provider's own site. */
  readonly responseMode: 'query' | 'form_post';
  /** True where the provider can be asked to have the end user prove again who they are, and tells when they did. */
  readonly provesAgain?: boolean;
  /** The scopes that a sign-in asks for, where the protocol has any. */
  readonly scopes?: readonly string[];
  /** What relative addresses of the API are relative to, ending in `/`. */
  readonly apiBaseUrl?: string | undefined;
  /** The only hosts, with their ports, that tokens are sent to in calls to the API. */
  readonly apiHosts?: readonly string[];
  /** Mends what the provider does otherwise than its standard. */
  readonly compliance?: ComplianceHooks | undefined;
  /** Who may come in by it; absent: anybody. */
  readonly admit?: Admission;
  /** The mark beside its name on buttons. */
  readonly mark?: ServiceMark;
  /** True for a provider in a private network. */
  readonly isPrivate?: boolean;
}

/**
 * Offers signing in at a provider whose settings are the members of this injectable class (RemoteAppSettings without
 * the name): for settings that are computed, a profile that needs code, or a protocol of your own with settings of its
 * own. `{ replace: true }` takes the name from an app of the options.
 */
export const RemoteApp = familyDecorator<Omit<RemoteAppSettings, 'name'>>('remote app');
