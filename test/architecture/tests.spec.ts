import ts from 'typescript';
import { textOf, typescriptFiles } from './source-files.js';

/** Starts with a subject that is named, and goes on: four words at the least. */
const SENTENCE = /^(?!(?:It|Its|They|Their|This|That|These|Those|He|She)\b)[A-Z]\S*(?: \S+){3,}$/;

const specs = [...typescriptFiles('test'), ...typescriptFiles('src')].filter(({ path }) => /\.spec\.tsx?$/.test(path));

describe('tests', () => {
  it('Tests of the whole server import nothing of src: what they need of the inside goes through test/support', () => {
    const free = /^test\/(support|architecture)\//;
    const wrong = typescriptFiles('test').filter(({ path }) => !free.test(path));
    expect(importsOfTheInside(wrong)).toEqual([]);
  });

  it('Examples import the public surface alone', () => {
    const examples = typescriptFiles('examples');
    expect(examples.length).toBeGreaterThan(5);
    expect(importsOfTheInside(examples)).toEqual([]);
  });

  it('Each test is named by a whole sentence that can be understood by itself in a list of failures', () => {
    const titles = specs.flatMap(({ path }) => titlesOf(path).map((title) => ({ path, title })));
    expect(titles.length).toBeGreaterThan(600);
    expect(titles.filter(({ title }) => !SENTENCE.test(title))).toEqual([]);
  });
});

function importsOfTheInside(files: ReturnType<typeof typescriptFiles>): string[] {
  return files.flatMap(({ path, imports }) =>
    imports.filter((target) => /^(src\/|ormconfig$)/.test(target)).map((target) => `${path} → ${target}`),
  );
}

/** What stands first in each `it(…)` and `it.each(…)(…)`; of a template as it is written. */
function titlesOf(path: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    const [title] = ts.isCallExpression(node) && isTest(node.expression) ? node.arguments : [];
    if (title !== undefined) titles.push(ts.isStringLiteralLike(title) ? title.text : title.getText().slice(1, -1));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true));
  return titles;
}

function isTest(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 'it' || callee.text === 'test';
  return ts.isCallExpression(callee) && /^(it|test)\.each$/.test(callee.expression.getText());
}
