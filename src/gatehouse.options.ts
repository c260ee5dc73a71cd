import type { Abstract, ConfigurableModuleAsyncOptions, ModuleMetadata, Type } from '@nestjs/common';
import { LoginFlowStore } from './auth/remote-login/flow/login-flow-store.js';
import { linkAccountPage } from './auth/remote-login/linking/link-account.page.js';
import { linkFirstPage } from './auth/remote-login/linking/link-first.page.js';
import { loginGroup } from './auth/remote-login/login.options.js';
import { chooseAccountPage } from './auth/sign-in/choose-account.page.js';
import { signInGroup } from './auth/sign-in/sign-in.options.js';
import { signInPage } from './auth/sign-in/sign-in.page.js';
import { signInSessionGroup } from './auth/sign-in/sign-in-session.options.js';
import { signOutPage } from './auth/sign-in/sign-out.page.js';
import { clientsGroup, type StoredAtStart, scopesGroup, usersGroup } from './bootstrap/bootstrap.options.js';
import { type CommonOptions, commonGroup } from './common/config/common.options.js';
import type { OptionGroup } from './common/config/option-group.js';
import { databaseGroup } from './common/database/database.options.js';
import { errorUriGroup } from './common/http/error-uris.js';
import { outgoingGroup } from './common/outgoing/outgoing.options.js';
import { Clock } from './common/time/clock.js';
import { authorizationGroup } from './oauth-server/authorization-endpoint/authorization.options.js';
import { consentPage } from './oauth-server/authorization-endpoint/consent/consent.page.js';
import { requestExpiredPage } from './oauth-server/authorization-endpoint/request-expired.page.js';
import { keysGroup } from './oauth-server/keys/keys.options.js';
import { tokenGroup } from './oauth-server/tokens/token.options.js';
import { authorizationsPage } from './portal/authorizations/authorizations.page.js';
import { loginsPage } from './portal/logins/logins.page.js';
import { remoteProfilePage } from './portal/logins/remote-profile.page.js';
import { brandGroup } from './ui/brand.js';
import { errorPage } from './ui/error.page.js';
import { type PageBodies, pageGroup } from './ui/page.options.js';
import type { PageSlots } from './ui/page-context.js';
import { type View, ViewRenderer } from './ui/view-renderer.js';
import { TokenVault } from './users/linked-account/token-vault.js';
import { passwordGroup } from './users/password/password.options.js';
import { PasswordHasher } from './users/password/password-hasher.js';
import { SignInThrottle } from './users/throttle/sign-in-throttle.js';
import { signInThrottleGroup } from './users/throttle/sign-in-throttle.options.js';
import { UserStore } from './users/user/user-store.js';

/** Every page that an application may give another body, by the name of its view. */
const PAGES = {
  'sign-in': signInPage,
  'choose-account': chooseAccountPage,
  'sign-out': signOutPage,
  consent: consentPage,
  authorizations: authorizationsPage,
  logins: loginsPage,
  'link-account': linkAccountPage,
  'link-first': linkFirstPage,
  'remote-profile': remoteProfilePage,
  'request-expired': requestExpiredPage,
  error: errorPage,
};

/** The model of a page by its name: `PageModel<'sign-in'>`. */
export type PageModel<Name extends keyof typeof PAGES> = (typeof PAGES)[Name] extends View<infer Model> ? Model : never;

const groups = {
  authorization: authorizationGroup,
  brand: brandGroup,
  clients: clientsGroup,
  database: databaseGroup,
  errors: errorUriGroup,
  keys: keysGroup,
  login: loginGroup,
  outgoing: outgoingGroup,
  pages: pageGroup(PAGES),
  passwords: passwordGroup,
  scopes: scopesGroup,
  sessions: signInSessionGroup,
  signIn: signInGroup,
  throttle: signInThrottleGroup,
  tokens: tokenGroup,
  users: usersGroup,
};

/** The tree of all options; a new group is one file beside its feature and one line above. */
export const optionTree = { top: commonGroup, groups };

type GroupOptions = {
  readonly [Name in Exclude<
    keyof typeof groups,
    keyof StoredAtStart | 'pages'
  >]?: (typeof groups)[Name] extends OptionGroup<infer Options> ? Partial<Options> : never;
};

/** Every port that an application can replace whole. */
const PORTS = [Clock, LoginFlowStore, PasswordHasher, SignInThrottle, TokenVault, UserStore, ViewRenderer];

type Port = (typeof PORTS)[number];

/** A port, the class of the application's in its place, and the modules that export what that class injects. */
export type Replacement<Each extends Port = Port> =
  Each extends Abstract<infer Ours>
    ? readonly [port: Each, yours: Type<Ours>, imports?: NonNullable<ModuleMetadata['imports']>]
    : never;

/** The options that must be known before the application is built, because they say which classes it is built of. */
interface BuiltOf {
  /** Classes of yours in the place of ours, for example `[[UserStore, MyUsers]]`. */
  readonly replace?: readonly Replacement[];
  /** The name of the TypeORM data source that has our tables. @default the data source without a name */
  readonly dataSource?: string | undefined;
  /**
   * A path below which all our routes stand, such as `/id`, where the application has some of them itself. The global
   * prefix of the application comes before it. @default none
   */
  readonly basePath?: string | undefined;
}

/** Everything that an application may set; a group that is left out, whole or in part, takes its defaults. */
export interface GatehouseOptions extends CommonOptions, GroupOptions, BuiltOf, StoredAtStart {
  /** Parts of every page, and bodies of single pages in place of ours: `{ footer: MyFooter, 'sign-in': MySignIn }`. */
  readonly pages?: (PageSlots & PageBodies<typeof PAGES>) | undefined;
}

/**
 * The options from a factory, such as one that injects a ConfigService. What the application is
 * built of stands beside the factory, because it cannot wait for it.
 */
export type GatehouseAsyncOptions = ConfigurableModuleAsyncOptions<Omit<GatehouseOptions, keyof BuiltOf>> & BuiltOf;

/** The faults of the options that the application is built of, which the types have not kept out. */
export function builtOfFaults({ replace = [], basePath }: BuiltOf): string[] {
  const names = PORTS.map(({ name }) => name).join(', ');
  const faults = replace.flatMap(([port], index) =>
    PORTS.includes(port) ? [] : [`replace[${index}]: ${port?.name} is no port; there are ${names}`],
  );
  if (basePath === undefined || /^(?:\/[a-z0-9._~-]+)+$/i.test(basePath)) return faults;
  return [...faults, 'basePath: must be a path such as /id, without a slash behind it'];
}
