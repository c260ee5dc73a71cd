import type { ConfigFault } from '../../common/config/config-fault.js';
import { errorUriGroup } from '../../common/http/error-uris.js';
import { outgoingGroup, PROXY_VARIABLES, proxyVariable } from '../../common/outgoing/outgoing.options.js';
import type { GatehouseOptions } from '../../gatehouse.options.js';
import { keysGroup } from '../../oauth-server/keys/keys.options.js';
import { brandGroup } from '../../ui/brand.js';
import { passwordGroup } from '../../users/password/password.options.js';
import { signInThrottleGroup } from '../../users/throttle/sign-in-throttle.options.js';
import type { Variables } from './environment-files.js';

const GROUPS = { keys: keysGroup, throttle: signInThrottleGroup, passwords: passwordGroup };

/** The variables that are numbers of the options tree: each with its group and its option there. */
export const NUMBERS: readonly (readonly [variable: string, group: keyof typeof GROUPS, option: string])[] = [
  ['KEY_ROTATION_DAYS', 'keys', 'rotationDays'],
  ['SIGN_IN_FAILURES_PER_ACCOUNT', 'throttle', 'failuresPerAccount'],
  ['SIGN_IN_FAILURES_PER_ADDRESS', 'throttle', 'failuresPerAddress'],
  ['SIGN_IN_FAILURES_BEFORE_DELAY', 'throttle', 'failuresBeforeDelay'],
  ['SIGN_IN_LONGEST_DELAY_SECONDS', 'throttle', 'longestDelaySeconds'],
  ['SIGN_IN_WINDOW_SECONDS', 'throttle', 'windowSeconds'],
  ['PASSWORD_HASHES_AT_ONCE', 'passwords', 'hashesAtOnce'],
  ['PASSWORD_HASHES_WAITING', 'passwords', 'hashesWaiting'],
];

/** Reads the variables that stand for options one to one, by the rules of the options themselves. */
export function readNumbers(variables: Variables): {
  options: Pick<GatehouseOptions, keyof typeof GROUPS>;
  faults: ConfigFault[];
} {
  const options: Partial<Record<keyof typeof GROUPS, object>> = {};
  const faults: ConfigFault[] = [];
  for (const [name, group] of Object.entries(GROUPS) as [keyof typeof GROUPS, (typeof GROUPS)[keyof typeof GROUPS]][]) {
    const given = NUMBERS.filter(([variable, of]) => of === name && variables[variable] !== undefined);
    if (given.length === 0) continue;
    const values = given.map(([variable, , option]) => [option, Number(variables[variable] || Number.NaN)] as const);
    const read = group.rule.safeParse(Object.fromEntries(values));
    if (read.success) options[name] = read.data;
    else {
      faults.push(
        ...read.error.issues.map(({ path, message }): ConfigFault => {
          const [variable = ''] = given.find(([, , option]) => option === path[0]) ?? [];
          return { name: variable, problem: `is "${variables[variable]}"`, fix: `it ${message}; or leave it out` };
        }),
      );
    }
  }
  return { options, faults };
}

/** Reads the variables of proxies, which files of variables may set as well, by the rules of their options. */
export function readProxies(variables: Variables): {
  options: Pick<GatehouseOptions, 'outgoing'>;
  faults: ConfigFault[];
} {
  const given = PROXY_VARIABLES.map(([variable, option]) => [option, proxyVariable(variable, variables)] as const);
  if (given.every(([, value]) => value === '')) return { options: {}, faults: [] };
  const { data, error } = outgoingGroup.rule.safeParse(Object.fromEntries(given));
  if (data !== undefined) return { options: { outgoing: data }, faults: [] };
  const faults = error.issues.map(({ path, message }): ConfigFault => {
    const [name = ''] = PROXY_VARIABLES.find(([, option]) => option === path[0]) ?? [];
    return { name, problem: 'is not the URL of a proxy', fix: `it ${message}; or leave it out` };
  });
  return { options: {}, faults };
}

/** The variables of the brand, each with its option. */
export const BRAND_VARIABLES = [
  ['BRAND_NAME', 'name'],
  ['BRAND_LOGO', 'logo'],
  ['BRAND_LOGO_DARK', 'logoDark'],
  ['BRAND_COLOR', 'color'],
  ['BRAND_COLOR_DARK', 'colorDark'],
  ['BRAND_SUPPORT_URL', 'supportUrl'],
  ['BRAND_PRIVACY_URL', 'privacyUrl'],
  ['BRAND_TERMS_URL', 'termsUrl'],
] as const;

/** Reads whose pages these are, by the rules of the options. */
export function readBrand(variables: Variables): { options: Pick<GatehouseOptions, 'brand'>; faults: ConfigFault[] } {
  const given = BRAND_VARIABLES.filter(([variable]) => variables[variable] !== undefined);
  if (given.length === 0) return { options: {}, faults: [] };
  const values = Object.fromEntries(given.map(([variable, option]) => [option, variables[variable]]));
  const { data, error } = brandGroup.rule.safeParse(values);
  if (data !== undefined) return { options: { brand: data }, faults: [] };
  const faults = error.issues.map(({ path, message }): ConfigFault => {
    const [name = ''] = BRAND_VARIABLES.find(([, option]) => option === path[0]) ?? [];
    return { name, problem: `is "${variables[name]}"`, fix: `it ${message}; or leave it out` };
  });
  return { options: {}, faults };
}

/** Reads where the pages about errors are, by the rule of the option; `off` for none. */
export function readErrorUri(variables: Variables): {
  options: Pick<GatehouseOptions, 'errors'>;
  faults: ConfigFault[];
} {
  const { ERROR_URI: uri } = variables;
  if (uri === undefined) return { options: {}, faults: [] };
  const { data, error } = errorUriGroup.rule.safeParse(uri === 'off' ? {} : { uri });
  if (data !== undefined) return { options: { errors: data }, faults: [] };
  const [issue] = error.issues;
  const fix = `it ${issue?.message}, or is off; leave it out for the pages of this server`;
  return { options: {}, faults: [{ name: 'ERROR_URI', problem: `is "${uri}"`, fix }] };
}
