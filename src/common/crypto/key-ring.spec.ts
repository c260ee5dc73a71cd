import { KeyRing } from './key-ring.js';

const older = KeyRing.generate().replace(/^[^:]+/, 'older');
const newer = KeyRing.generate().replace(/^[^:]+/, 'newer');

describe('a key ring', () => {
  it('A key ring opens what it sealed, and with an older key what that sealed before', () => {
    const sealed = KeyRing.parse(older).seal('text', 'context');
    const both = KeyRing.parse(`${newer},${older}`);
    expect(both.open(sealed, 'context')?.toString()).toBe('text');
    expect(both.openJson(both.sealJson({ a: 1 }, 'context'), 'context')).toEqual({ a: 1 });
    expect(KeyRing.parse(newer).open(sealed, 'context')).toBeUndefined();
  });

  it('A key ring opens nothing for another context, with a changed bit or cut short', () => {
    const ring = KeyRing.parse(newer);
    const sealed = ring.seal('text', 'context');
    expect(ring.open(sealed, 'another')).toBeUndefined();
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (sealed[index] ?? 0) ^ 1;
      expect([index, ring.open(changed, 'context'), ring.open(sealed.subarray(0, index), 'context')]).toEqual([
        index,
        undefined,
        undefined,
      ]);
    }
  });

  it('A key ring knows its signatures, by purpose and by an older key too', () => {
    const signature = KeyRing.parse(older).sign('data', 'purpose');
    const both = KeyRing.parse(`${newer},${older}`);
    expect(both.hasSigned('data', 'purpose', signature)).toBe(true);
    expect(both.hasSigned('data', 'another', signature)).toBe(false);
    expect(both.hasSigned('other', 'purpose', signature)).toBe(false);
    expect(both.hasSigned('data', 'purpose', '')).toBe(false);
  });

  it.each([
    ['', 'entry 1 is not of the form id:key'],
    [`${newer},nonsense`, 'entry 2 is not of the form id:key'],
    ['short:AAAA', 'key "short" has 3 bytes'],
    [`${newer},${newer}`, 'two keys have the same id'],
  ])('A key ring is not made of %j', (text, problem) => {
    expect(() => KeyRing.parse(text)).toThrow(problem);
  });
});
