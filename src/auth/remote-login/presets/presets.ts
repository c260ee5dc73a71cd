import { github } from './github.preset.js';
import { google } from './google.preset.js';
import type { Preset } from './preset.js';

/** The providers known beforehand, by the name that a remote app claims them with. */
export const PRESETS: ReadonlyMap<string, Preset> = new Map(Object.entries({ github, google }));
