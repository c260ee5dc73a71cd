import { z } from 'zod';
import type { OptionGroup } from '../config/option-group.js';
import { proxyAddress } from './proxy-address.js';

/**
 * The group `outgoing`: the proxies by which other servers are called. An option that is left out comes from the
 * environment variable that programs read by custom, `HTTPS_PROXY` or `https_proxy` for example.
 */
export abstract class OutgoingOptions {
  /** The proxy for addresses of https, such as `http://proxy.example.com:3128`; empty: none. @default HTTPS_PROXY */
  abstract readonly httpsProxy: string;
  /** The proxy for addresses of http; empty: none. @default HTTP_PROXY */
  abstract readonly httpProxy: string;
  /** The hosts that are called without a proxy, as a list with commas. @default NO_PROXY */
  abstract readonly noProxy: string;
}

/** The variables behind the options; each is read in lower case too, which comes first. */
export const PROXY_VARIABLES = [
  ['HTTPS_PROXY', 'httpsProxy'],
  ['HTTP_PROXY', 'httpProxy'],
  ['NO_PROXY', 'noProxy'],
] as const satisfies readonly (readonly [variable: string, option: keyof OutgoingOptions])[];

/** What a variable says by either of its names; empty where neither is set. */
export function proxyVariable(name: string, variables: Readonly<Record<string, string | undefined>>): string {
  return (variables[name.toLowerCase()] ?? variables[name] ?? '').trim();
}

const ERROR = 'must be the URL of a proxy, such as http://proxy.example.com:3128, with http: or https:';

const proxyRule = (variable: string) =>
  z
    .string({ error: ERROR })
    .refine((text) => text === '' || proxyAddress(text) !== undefined, { error: ERROR })
    .prefault(() => proxyVariable(variable, process.env));

/** The group `outgoing`. */
export const outgoingGroup: OptionGroup<OutgoingOptions> = {
  token: OutgoingOptions,
  rule: z.strictObject({
    httpsProxy: proxyRule('HTTPS_PROXY'),
    httpProxy: proxyRule('HTTP_PROXY'),
    noProxy: z
      .string({ error: 'must be a list of hosts with commas' })
      .prefault(() => proxyVariable('NO_PROXY', process.env)),
  }),
};
