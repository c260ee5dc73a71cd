import { Statement } from './statement.js';

describe('A statement', () => {
  it('A statement is refused when another one has its name, since PostgreSQL would take the one for the other', () => {
    const first = new Statement('parcel-find', 'SELECT 1');
    expect(Statement.all()).toContain(first);
    expect(() => new Statement('parcel-find', 'SELECT 2')).toThrow('two statements with the name parcel-find');
  });
});
