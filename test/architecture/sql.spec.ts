import { sourceFiles } from './source-files.js';

/** Where SQL is run: everything else hands a Statement to PreparedSql, which knows the schema. */
const MAY_RUN_SQL = /^src\/(common|app)\/database\//;

describe('SQL', () => {
  it('Our SQL is run by src/common/database alone, and by what makes and migrates databases', () => {
    const wrong = sourceFiles()
      .filter(({ path }) => !MAY_RUN_SQL.test(path))
      .filter(({ text }) => /\.query\(|from 'pg'|getRepository|InjectRepository/.test(text));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});
