import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** One TypeScript file, with the files of the repository that it imports. */
export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

/** Every source file of src, specs left out. */
export function sourceFiles(): SourceFile[] {
  return typescriptFiles('src').filter(({ path }) => !/\.spec\.tsx?$/.test(path));
}

/** Every TypeScript file of a folder of the repository, specs among them. */
export function typescriptFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => read(relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')));
}

/** The text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function read(path: string): SourceFile {
  const text = textOf(path);
  const imports = [...text.matchAll(/(?:from|import\(|import)\s*'(\.{1,2}\/[^']+)'/g)].map(([, target = '']) =>
    posix.normalize(posix.join(dirname(path), target)).replace(/\.js$/, ''),
  );
  return { path, text, imports };
}
