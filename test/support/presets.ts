import { presetNames } from '../../src/auth/remote-login/presets/preset.js';

/** The names of all presets, in alphabetical order. */
export function presetNamesHere(): string[] {
  return [...presetNames()];
}
