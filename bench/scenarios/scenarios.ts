import type { Scenario } from '../scenario.js';
import { CLIENT_CREDENTIALS_JWT, CLIENT_CREDENTIALS_OPAQUE } from './client-credentials.scenario.js';
import { codeFlow } from './code-flow.scenario.js';
import { GUARDED_JWT, GUARDED_OPAQUE } from './guarded.scenario.js';
import { INTROSPECTION } from './introspection.scenario.js';
import { refresh } from './refresh.scenario.js';
import { UNGUARDED } from './unguarded.scenario.js';

/** Every scenario, for people whose sign-in sessions these cookies hold: one for each connection. */
export function scenarios(cookies: readonly string[]): readonly Scenario[] {
  return [
    UNGUARDED,
    GUARDED_JWT,
    GUARDED_OPAQUE,
    CLIENT_CREDENTIALS_JWT,
    CLIENT_CREDENTIALS_OPAQUE,
    INTROSPECTION,
    refresh(cookies),
    codeFlow(cookies),
  ];
}
