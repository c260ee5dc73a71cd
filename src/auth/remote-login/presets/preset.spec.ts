import { findPreset, presetNames } from './preset.js';

describe('presets', () => {
  it('Presets are the files of their folder, by name', () => {
    expect(presetNames()).toEqual(['github', 'google']);
  });

  it.each(presetNames())('Presets have everything but credentials in the file of %s', async (name) => {
    expect(await findPreset(name)).toMatchObject({ label: expect.any(String), scopes: expect.any(Array) });
  });

  it.each(['preset', '../profile/profile-map', 'githab', ''])(
    'Presets are not found by the name "%s"',
    async (name) => {
      expect(await findPreset(name)).toBeUndefined();
    },
  );
});
