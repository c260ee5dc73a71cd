import { sourceFiles } from './source-files.js';

describe('Node.js', () => {
  it('URL.canParse, which Node.js 20 compiles wrongly, is called nowhere; parseUrl is', () => {
    const calling = sourceFiles().filter(({ text }) => text.includes('URL.canParse('));
    expect(calling.map(({ path }) => path)).toEqual([]);
  });
});
