import { normalEmail, spellingsOf } from './email-address.js';

describe('the normal form of an e-mail address', () => {
  it.each([
    ['Ada@Example.COM', 'ada@example.com'],
    ['Jörg@BÜCHER.example', 'jörg@xn--bcher-kva.example'],
    ['Jo\u0308rg@Bu\u0308cher.example', 'jörg@xn--bcher-kva.example'],
    ['jörg@XN--BCHER-KVA.example', 'jörg@xn--bcher-kva.example'],
    ['ada@straße.example', 'ada@xn--strae-oqa.example'],
    ['nobody', 'nobody'],
    ['a@b@bücher.example', 'a@b@xn--bcher-kva.example'],
    ['', ''],
  ])('The normal form of %p is %p', (typed, normal) => {
    expect(normalEmail(typed)).toBe(normal);
    expect(normalEmail(normal)).toBe(normal);
  });

  it.each([
    'ada@ex\u00adample.com',
    'ada@\uff45xample.com',
    'ada@ex%61mple.com',
    'ada@example\u3002com',
    'ada@1.\uff12',
  ])('The domain of %p is not taken for another one', (email) =>
    expect(normalEmail(email)).toBe(email.normalize('NFC').toLowerCase()),
  );

  it('An address may have been stored as it was typed, composed or not', () => {
    expect(spellingsOf('ada@example.com')).toEqual(['ada@example.com']);
    expect(spellingsOf('jörg@xn--bcher-kva.example')).toEqual([
      'jörg@xn--bcher-kva.example',
      'jörg@bücher.example',
      'jo\u0308rg@bu\u0308cher.example',
    ]);
  });
});
