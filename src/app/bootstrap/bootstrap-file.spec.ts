import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBootstrapFile } from './bootstrap-file.js';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bootstrap-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: unknown) {
  const file = join(folder, 'bootstrap.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readBootstrapFile(file);
}

/** Each problem without its common beginning. */
const problems = (content: unknown) => read(content).faults.map(({ problem }) => problem.replace('is wrong at ', ''));

const web = { client_id: 'web', client_secret: 's3cret', redirect_uris: ['https://app.example/callback'] };

describe('a bootstrap file', () => {
  it('A bootstrap file gives end users with standard claims, clients and scopes, and members that nobody knows are ignored', () => {
    const { data, faults } = read({
      $schema: 'x',
      users: [{ email: 'Ada@Example.com', password: 'secret', name: 'Ada', address: { country: 'GB' }, shoe: 38 }],
      clients: [{ ...web, favourite: 'colour' }],
      scopes: [{ name: 'notes', description: 'Read your notes', since: 1 }],
    });
    expect(faults).toEqual([]);
    expect(data?.users).toEqual([
      {
        email: 'ada@example.com',
        emailVerified: false,
        password: 'secret',
        claims: { name: 'Ada', address: { country: 'GB' } },
      },
    ]);
    expect(data?.clients[0]).toMatchObject({ clientId: 'web', secrets: ['s3cret'] });
    expect(data?.scopes).toEqual([{ name: 'notes', description: 'Read your notes' }]);
  });

  it('A bootstrap file may leave any part out', () => {
    expect(read({}).data).toEqual({ users: [], clients: [], scopes: [] });
  });

  it('A bootstrap file tells every wrong value with its place', () => {
    const content = {
      users: [{ email: 'nobody' }, { email: 'a@b', address: { country: 7 } }],
      clients: [web, { ...web, client_id: 'other', redirect_uris: ['https://a.example/', 'javascript:1'] }],
      scopes: [{ name: 'two words', description: 'x' }],
    };
    const found = problems(content);
    expect(found).toEqual([
      expect.stringMatching(/^users\[0\]\.email: must be an e-mail address/),
      expect.stringMatching(/^users\[1\]\.address\.country: .*expected string/),
      expect.stringMatching(/^clients\[1\]\.redirect_uris\[1\]: has the scheme javascript:/),
      expect.stringMatching(/^scopes\[0\]\.name: must be one scope name/),
    ]);
  });

  it('A bootstrap file tells line and column where it is not JSON', () => {
    expect(problems('{\n  "users": [\n    {"email": oops}\n  ]\n}')).toEqual(['line 3, column 15: this is not JSON']);
  });

  it('A bootstrap file is refused when it is no object, or when the same id stands twice', () => {
    expect(problems('[]')[0]).toMatch(/^its top: /);
    expect(problems({ clients: [web, web] })).toEqual(['clients[1].client_id: stands twice: web']);
    expect(problems({ users: [{ email: 'a@b' }, { email: 'A@B' }] })[0]).toMatch(/^users\[1\]\.email: stands twice/);
  });

  it('A bootstrap file is refused for a text that PostgreSQL cannot keep', () => {
    expect(problems({ users: [{ email: 'a@b', name: 'a\0b' }] })[0]).toMatch(/^users\[0\]\.name: a NUL/);
    expect(problems('{"clients": [{"client_name": "\\ud800"}]}')[0]).toMatch(/^clients\[0\]\.client_name: /);
  });

  it('A bootstrap file is refused when it cannot be read', () => {
    expect(readBootstrapFile(join(folder, 'absent.json')).faults[0]?.problem).toMatch(/^names a file that cannot be/);
  });
});
