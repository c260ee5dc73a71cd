import type { ConfigFault } from '../../../common/config/config-fault.js';
import type { RemoteAppSettings } from './remote-app-settings.js';
import { SETTING_ROWS } from './setting-variables.js';

/** The members of `{NAME}_CLIENT_KWARGS` with the settings that they give. */
const KEYWORDS = new Map(
  SETTING_ROWS.flatMap(([setting, { keyword, read, values }]) =>
    keyword === undefined ? [] : [[keyword, { setting, read, values }] as const],
  ),
);

const NAMED = [...KEYWORDS].map(([keyword, { values }]) => (values === undefined ? keyword : `${keyword} ${values}`));
const KEYWORD_FIX = `give a JSON object with any of ${NAMED.join(', ')}`;

/** Reads the JSON of a `{NAME}_CLIENT_KWARGS`; every member that is unknown or of a wrong type is a fault. */
export function readClientKeywords(
  name: string,
  json: string | undefined,
): { settings: Partial<RemoteAppSettings>; faults: ConfigFault[] } {
  if (json === undefined) return { settings: {}, faults: [] };
  const members = parseObject(json);
  if (members === undefined) {
    return { settings: {}, faults: [{ name, problem: 'is not a JSON object', fix: KEYWORD_FIX }] };
  }
  const settings: [setting: string, value: unknown][] = [];
  const faults: ConfigFault[] = [];
  for (const [keyword, given] of Object.entries(members)) {
    const known = KEYWORDS.get(keyword);
    const value = known?.read(given);
    if (known !== undefined && value !== undefined) settings.push([known.setting, value]);
    else faults.push({ name, problem: `has an unknown member or a wrong value: ${keyword}`, fix: KEYWORD_FIX });
  }
  return { settings: Object.fromEntries(settings), faults };
}

/** The JSON object in a text; undefined for anything else. */
export function parseObject(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
