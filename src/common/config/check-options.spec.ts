import { z } from 'zod';
import { KeyRing } from '../crypto/key-ring.js';
import { checkOptions } from './check-options.js';
import { CommonOptions, commonGroup } from './common.options.js';
import type { OptionGroup } from './option-group.js';

abstract class LampOptions {
  abstract readonly brightness: number;
  abstract readonly colours: readonly string[];
}

const lamp: OptionGroup<LampOptions> = {
  token: LampOptions,
  rule: z.strictObject({
    brightness: z.int({ error: 'must be a whole number' }).default(5),
    colours: z.array(z.string()).default(['white']),
  }),
};

const tree = { top: commonGroup, groups: { lamp } };
const good = { issuer: 'https://id.example.com', secretKeys: KeyRing.generate() };

describe('The options of an application that imports us', () => {
  it('Each group takes its defaults where it is left out, whole or in part', () => {
    expect(checkOptions(tree, good).get(LampOptions)).toEqual({ brightness: 5, colours: ['white'] });
    const partly = { ...good, lamp: { brightness: 7 } };
    expect(checkOptions(tree, partly).get(LampOptions)).toEqual({ brightness: 7, colours: ['white'] });
  });

  it('The options at the top are taken as they are when they are right', () => {
    expect(checkOptions(tree, good).get(CommonOptions)).toEqual({ guard: 'marked', ...good });
  });

  it('All faults of all groups are told at once, each with the path of its option', () => {
    const wrong = { lamp: { brightness: 0.5, colours: ['red', 7], shade: 'paper' }, apps: [] };
    expect(() => checkOptions(tree, wrong, ['replace[0]: is no port'])).toThrow(
      new RangeError(
        [
          'Gatehouse cannot start:',
          '- issuer: is missing; set it to the URL by which browsers reach this server, such as https://id.example.com',
          '- secretKeys: is missing; set it to id:key, where key is 32 random bytes as base64url',
          '- apps: is no option; leave it out',
          '- lamp.brightness: must be a whole number',
          '- lamp.colours[1]: Invalid input: expected string, received number',
          '- lamp.shade: is no option; leave it out',
          '- replace[0]: is no port',
        ].join('\n'),
      ),
    );
  });

  it.each([
    'id.example.com',
    'ftp://id.example.com',
    'https://id.example.com/?a',
    'https://id.example.com/#a',
    'https://',
  ])('No issuer is named by %s (RFC 8414 2)', (issuer) =>
    expect(() => checkOptions(tree, { ...good, issuer })).toThrow(`issuer: is "${issuer}"`),
  );

  it('A fault of a key is told without the key', () => {
    const fault = () => checkOptions(tree, { ...good, secretKeys: 'k1:c2hvcnQ' });
    expect(fault).toThrow('secretKeys: cannot be used: key "k1" has 5 bytes');
    expect(fault).not.toThrow('c2hvcnQ');
  });

  it.each(['pg_catalog', 'my-auth'])('No schema is named %s, which is reserved or no plain name', (schema) => {
    expect(() => checkOptions(tree, { ...good, schema })).toThrow(`schema: is "${schema}"`);
  });
});
