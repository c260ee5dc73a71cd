import { readdirSync } from 'node:fs';
import type { ServiceMark } from '../../../ui/components/service-mark.js';
import type { RemoteAppSettings } from '../settings/remote-app-settings.js';

/**
 * The settings of a provider that are known beforehand: all but the name and credentials of this client there. A preset
 * is a file of this folder, `<name>.preset.ts`, that exports one as `preset`.
 */
export type Preset = Omit<RemoteAppSettings, 'name' | 'clientId' | 'clientSecret' | 'preset'> & {
  readonly label: string;
  readonly mark: ServiceMark;
};

let names: readonly string[] | undefined;

/** The names of all presets, in alphabetical order; looked up in the folder once. */
export function presetNames(): readonly string[] {
  names ??= readdirSync(import.meta.dirname)
    .flatMap((file) => /^([a-z0-9-]+)\.preset\.[jt]s$/.exec(file)?.[1] ?? [])
    .sort();
  return names;
}

/** The preset of this name; undefined when there is none. Only the file that is asked for is loaded. */
export async function findPreset(name: string): Promise<Preset | undefined> {
  if (!presetNames().includes(name)) return undefined;
  const { preset } = (await import(`./${name}.preset.js`)) as { readonly preset: Preset };
  return preset;
}
