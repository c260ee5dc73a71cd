import { DatabaseSchema } from './database-schema.js';

describe('The schema of all tables', () => {
  it('The schema of all tables is put wherever a text writes gatehouse., and nowhere else', () => {
    const text = "SELECT 'gatehouse' FROM gatehouse.users JOIN gatehouse.clients ON my_gatehouse.x";
    expect(new DatabaseSchema('order').qualify(text)).toBe(
      `SELECT 'gatehouse' FROM "order".users JOIN "order".clients ON my_gatehouse.x`,
    );
    expect(new DatabaseSchema().qualify(text)).toBe(text);
  });

  it('The schema of all tables has channels and locks of its own', () => {
    const [one, other] = [new DatabaseSchema('one'), new DatabaseSchema('other')];
    expect(one.prefixed('clients')).toBe('one.clients');
    expect(one.lockKey('bootstrap')).toMatch(/^-?\d{1,19}$/);
    expect(one.lockKey('bootstrap')).not.toBe(other.lockKey('bootstrap'));
    expect(one.lockKey('bootstrap')).not.toBe(one.lockKey('partitions'));
  });

  it.each(['', 'Auth', '1st', 'a-b', 'a b', 'a"b', 'pg_auth', 'information_schema', 'a'.repeat(41)])(
    'The schema of all tables cannot be called "%s"',
    (name) => expect(() => new DatabaseSchema(name)).toThrow(`is "${name}", which is no schema name`),
  );

  it.each(['auth', '_auth2', 'a'.repeat(40)])('The schema of all tables can be called "%s"', (name) =>
    expect(new DatabaseSchema(name).name).toBe(name),
  );
});
