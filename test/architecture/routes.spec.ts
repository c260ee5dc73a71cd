import { ROUTES } from '../../src/common/http/routes.js';
import { sourceFiles } from './source-files.js';

const LIST = 'src/common/http/routes.ts';
const segments = new Set(
  Object.values(ROUTES)
    .map((route) => route.split('/')[1] ?? '')
    .filter((segment) => segment !== ''),
);
const alternatives = [...segments].map((segment) => segment.replace('.', '\\.')).join('|');

/** What a literal address looks like; each with an example that it must find. */
const LITERALS: readonly (readonly [RegExp, string])[] = [
  // A string or template, also after a value: '/login', `/auth/${name}`, `${origin}/oauth/token`, href="/login?a=b".
  [new RegExp(`["'\`}]/(?:${alternatives})(?=["'\`/?#$])`), 'href="/login?a=b"'],
  // The start page as an address; elsewhere a slash is no address.
  [/\b(?:href|action|src|location|returnTo|return_to)\b\s*(?:=|:|\?\?)\s*\{?["'`]\/["'`]/i, 'href="/"'],
  [/\bredirect\((?:\d+, )?["'`]\//, "response.redirect(303, '/')"],
  // What a controller or middleware is bound to.
  [/^\s*@(?:Controller|All|Get|Post|Put|Patch|Delete|Head|Options)\(["'`[{]/m, "@Get('me')"],
  [/\bforRoutes\(["'`[]/, "forRoutes('oauth/jwks')"],
  [/\bforRoutes\(\{ path: ["'`]/, "forRoutes({ path: 'oauth/token' })"],
];

/** The lines of code, without those that only comment. */
function codeOf(text: string): string[] {
  return text.split('\n').map((line) => (/^\s*(?:\/\/|\/?\*)/.test(line) ? '' : line));
}

describe('addresses of this server', () => {
  it.each(LITERALS)('Addresses of this server would be found by %s', (literal, example) => {
    expect(example).toMatch(literal);
  });

  it('Controllers of ours are each an OwnController, which no version, interceptor or filter of an application changes', () => {
    const bare = sourceFiles()
      .filter(
        ({ path, text }) => path !== 'src/common/http/own-controller.decorator.ts' && /^@Controller\(/m.test(text),
      )
      .map(({ path }) => path);
    expect(bare).toEqual([]);
  });

  it('Addresses of this server stand in the one list of routes, and are made by Paths everywhere else', () => {
    const wrong = sourceFiles()
      .filter(({ path }) => path !== LIST)
      .flatMap(({ path, text }) =>
        codeOf(text).flatMap((line, index) =>
          LITERALS.some(([literal]) => literal.test(line)) ? [`${path}:${index + 1} ${line.trim()}`] : [],
        ),
      );
    expect(wrong).toEqual([]);
  });

  it('Addresses of this server are each answered by a controller, so that no link leads nowhere', () => {
    const controllers = sourceFiles().filter(({ path }) => path.endsWith('.controller.ts'));
    const bindings = controllers.flatMap(({ text }) =>
      [...text.matchAll(/@(?:All|Get|Post)\(([^)]+)\)|_ROUTES = \[([^\]]+)\]/g)].map((found) => found.join(' ')),
    );
    const answered = new Set(bindings.flatMap((binding) => binding.match(/(?<=\bROUTES\.)\w+/g) ?? []));
    expect(Object.keys(ROUTES).filter((name) => !answered.has(name))).toEqual([]);
  });
});
