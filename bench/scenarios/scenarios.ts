import type { Scenario } from '../scenario.js';
import { CLIENT_CREDENTIALS_JWT, CLIENT_CREDENTIALS_OPAQUE } from './client-credentials.scenario.js';
import { CODE_FLOW } from './code-flow.scenario.js';
import { DOCUMENTS } from './documents.scenario.js';
import { GUARDED_JWT, GUARDED_OPAQUE, USERINFO } from './guarded.scenario.js';
import { INTROSPECTION } from './introspection.scenario.js';
import { REFRESH } from './refresh.scenario.js';
import { REVOCATION } from './revocation.scenario.js';
import { UNGUARDED } from './unguarded.scenario.js';

/** Every scenario, in the order of the report. */
export const SCENARIOS: readonly Scenario[] = [
  CLIENT_CREDENTIALS_JWT,
  CLIENT_CREDENTIALS_OPAQUE,
  INTROSPECTION,
  REFRESH,
  CODE_FLOW,
  GUARDED_OPAQUE,
  GUARDED_JWT,
  USERINFO,
  REVOCATION,
  DOCUMENTS,
  UNGUARDED,
];
