import { refusedStatements, statementNames } from '../support/statements.js';
import { TestApp } from '../support/test-app.js';

describe('The SQL statements of the product', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('All prepare on the migrated schema, and name the schema of every table', async () => {
    expect(statementNames().length).toBeGreaterThan(40);
    expect(await refusedStatements(app)).toEqual([]);
  });
});
