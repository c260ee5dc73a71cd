import type { Router } from 'express';
import { aClient } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { type RawAnswer, type RawRequest, sendRaw } from '../support/raw-http.js';
import { TestApp } from '../support/test-app.js';

/** One method of one path, with something in the place of each parameter. */
interface Route {
  readonly method: string;
  readonly path: string;
}

type Attack = readonly [name: string, send: (route: Route) => Partial<RawRequest>];

/** A provider that nobody answers for. */
const CORP = {
  name: 'corp',
  clientId: 'c',
  clientSecret: 's',
  authorizeUrl: 'http://[::1]:1/',
  accessTokenUrl: 'http://[::1]:1/',
  userinfoUrl: 'http://[::1]:1/',
};
const MEGABYTE = Buffer.alloc(1024 * 1024, 'a=%41&');
const FORM = 'Content-Type: application/x-www-form-urlencoded';
/** Every parameter that some endpoint reads. */
const NAMES = (
  'client_id client_secret redirect_uri response_type response_mode scope state nonce code_challenge ' +
  'code_challenge_method code_verifier prompt max_age id_token_hint login_hint request request_uri registration ' +
  'grant_type code refresh_token username password token token_type_hint access_token email csrf_token decision ' +
  'authorization return_to reason client account offer iss error error_description run step show flow send'
).split(' ');
/** Texts that somewhere mean something else than themselves, percent-encoded. */
const NASTY = {
  'a NUL byte': 'a%00b',
  'a broken percent-encoding': 'a%zz',
  'half a percent-encoding': 'a%',
  'invalid UTF-8': '%c3%28%ff%fe',
  'half a surrogate pair': '%ed%a0%80',
  'a line break': 'a%0d%0aSet-Cookie:%20a=b',
  'a name of every object': '__proto__',
  'a name of every class': 'constructor',
  'a quotation mark': `%27%22%3E%3Cscript%3E`,
  'a path upwards': '..%2f..%2f..%2fetc%2fpasswd',
  'a very large number': '9'.repeat(400),
  'a text of 8000 letters': 'x'.repeat(8000),
  'a direction mark': '%e2%80%ae%f0%9f%92%a9',
} as const;

const given = (value: string) => NAMES.map((name) => `${name}=${value}`).join('&');
const asForm = (body: string) => ({ headers: [FORM], body: Buffer.from(body, 'latin1') });
const inPath = (path: string, value: string) => ({ target: `${path}/${value}`, ...asForm(`${value}=1`) });
const inHead = (path: string, value: string) => ({
  target: `${path}?state=${value}&${value}=1`,
  headers: [`Cookie: gatehouse_session=${value}; gatehouse_browser=${value}`],
});

const ATTACKS: readonly Attack[] = [
  ['nothing at all', () => ({})],
  ...Object.entries(NASTY).flatMap(([name, value]): Attack[] => [
    [`${name} in the query and in cookies`, ({ path }) => inHead(path, value)],
    [`${name} as each parameter of a form`, () => asForm(value.length > 100 ? `token=${value}` : given(value))],
    [`${name} in the path and as the name of a parameter`, ({ path }) => inPath(path, value)],
  ]),
  ['every parameter in the query', ({ path }) => ({ target: `${path}?${given('a')}` })],
  ['a parameter twice in the query', ({ path }) => ({ target: `${path}?state=1&state=2&client_id=3&client_id=4` })],
  ['a parameter twice in the form', () => asForm('token=1&token=2&email=a&email=b')],
  ['lists and objects in the query', ({ path }) => ({ target: `${path}?a[]=1&a[b][c]=2&__proto__[x]=3` })],
  ['lists and objects in the form', () => asForm('a[]=1&a[b][c]=2&__proto__[x]=3&constructor[prototype][x]=4')],
  ['a deep query', ({ path }) => ({ target: `${path}?a${'[a]'.repeat(3000)}=1` })],
  ['a thousand parameters', ({ path }) => ({ target: `${path}?${numbered(1000)}` })],
  ['a form of 20 000 parameters', () => asForm(numbered(20_000))],
  ['a query of 100 kB', ({ path }) => ({ target: `${path}?${'a'.repeat(100_000)}` })],
  ['cookies of 12 kB', () => ({ headers: [`Cookie: ${cookies(300)}`] })],
  ['cookies of 100 kB', () => ({ headers: [`Cookie: ${cookies(2500)}`] })],
  ['a broken cookie header', () => ({ headers: ['Cookie: =;;=;a;gatehouse_session;"; gatehouse_browser="a'] })],
  ['a NUL byte in a header', () => ({ headers: ['Cookie: a=\0'] })],
  ['bytes of no encoding in headers', () => ({ headers: ['Cookie: a=\xff\xfe', 'User-Agent: \xff', 'Accept: \xff'] })],
  ['a form of 1 MB', () => ({ headers: [FORM], body: MEGABYTE })],
  ['JSON of 1 MB', () => ({ headers: ['Content-Type: application/json'], body: MEGABYTE })],
  ['1 MB of no type', () => ({ body: MEGABYTE })],
  ['JSON', () => ({ headers: ['Content-Type: application/json'], body: Buffer.from('{"__proto__":{"a":1}}') })],
  ['broken JSON', () => ({ headers: ['Content-Type: application/json'], body: Buffer.from('{"a":') })],
  [
    'multipart',
    () => ({ headers: ['Content-Type: multipart/form-data; boundary=x'], body: Buffer.from('--x\r\n\r\n') }),
  ],
  ['a broken type', () => ({ headers: ['Content-Type: ;;='], body: Buffer.from('a=b') })],
  ['a form of raw bytes', () => asForm('a=\0\xff\xfe&\xc3=\x80')],
  ['a packed form', () => ({ headers: [FORM, 'Content-Encoding: gzip'], body: Buffer.from('a=b') })],
  ['other Hosts', () => ({ headers: ['X-Forwarded-Host: evil.example', 'X-Forwarded-For: \xff,,1.2.3'] })],
  ['an absolute address', ({ path }) => ({ target: `http://evil.example${path}` })],
  ['two slashes', ({ path }) => ({ target: `//evil.example${path}` })],
  ...['Basic', 'Basic =', 'Basic Og==', 'Basic /wD/', 'Bearer', 'Bearer a b', 'Bearer gate_at_0_x', 'Digest x', '\xff']
    .concat([`Bearer ${'x'.repeat(8000)}`, `Bearer ${jws({ alg: 'none' })}`, `Bearer ${jws([1])}`, 'Bearer a.b.c'])
    .map((value): Attack => {
      return [`Authorization: ${value.slice(0, 20)}`, () => ({ headers: [`Authorization: ${value}`] })];
    }),
];

describe('Every route, whatever it is sent', () => {
  let app: TestApp;
  let routes: Route[];
  /** Gets a request past the doors: somebody is signed in, and the browser says that the form is ours. */
  let doorOpeners: string[];

  beforeAll(async () => {
    app = await TestApp.start({ remoteApps: [CORP] });
    routes = routesOf(app);
    const { cookies: jar } = await (await anEndUser().registeredAt(app)).browser();
    doorOpeners = [
      'Sec-Fetch-Site: same-origin',
      'Accept: text/html',
      `Cookie: ${[...jar].map((pair) => pair.join('=')).join('; ')}`,
    ];
  });
  afterAll(() => app.stop());

  const everywhere = (attack: Attack[1], opened: boolean) =>
    answers(app, routes, (route) => {
      const { headers = [], ...rest } = attack(route);
      const hasCookie = headers.some((line) => line.startsWith('Cookie:'));
      return { ...rest, headers: [...headers, ...doorOpeners.slice(0, opened ? (hasCookie ? 2 : 3) : 0)] };
    });

  it('Every route that the server has at this moment is attacked', () => {
    const known = [
      'POST /oauth/token',
      'GET /oauth/authorize',
      'POST /login',
      'GET /api/me',
      'GET /auth/corp/callback',
    ];
    expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual(expect.arrayContaining(known));
    expect(routes.length).toBeGreaterThan(30);
  });

  it.each(ATTACKS)('Every route answers %s with neither a 5xx nor a look inside', async (_name, attack) => {
    expect((await everywhere(attack, false)).flatMap(faultsOf)).toEqual([]);
    expect((await everywhere(attack, true)).flatMap(faultsOf)).toEqual([]);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'GET', 'POST', 'PROPFIND', 'TRACE', 'NONSENSE'])(
    'Every route answers the method %s with neither a 5xx nor a look inside',
    async (method) => {
      const found = await answers(app, routes, () => ({ method, headers: doorOpeners, body: Buffer.from('a=b') }));
      expect(found.flatMap(faultsOf)).toEqual([]);
    },
  );

  it.each(Object.entries(NASTY))(
    'Every route answers %s in each parameter of a request of a client that exists',
    async (_, value) => {
      const grantTypes = ['authorization_code', 'client_credentials', 'password', 'refresh_token'];
      const client = await aClient()
        .using(...grantTypes)
        .registeredAt(app);
      const { id: client_id, redirectUri: redirect_uri } = client;
      const form = { client_id, redirect_uri, response_type: 'code', scope: 'openid', code: 'a', token: 'a' };
      const usual: Record<string, string> = { ...form, refresh_token: 'a', username: 'a', password: 'a', request: 'a' };
      const headers = [FORM, `Authorization: ${client.basic().authorization}`, ...doorOpeners];
      const requestsOf = (target: string, names: readonly string[], more: Record<string, string> = {}) =>
        names.map((name) => {
          const { [name]: _replaced, ...others } = { ...usual, ...more };
          const body = Buffer.from(`${new URLSearchParams(others)}&${name}=${value}`);
          return { method: 'POST', target, headers, body };
        });
      const requests = [
        ...grantTypes.flatMap((grant_type) => requestsOf('/oauth/token', Object.keys(usual), { grant_type })),
        ...requestsOf('/oauth/introspect', ['token', 'token_type_hint']),
        ...requestsOf('/oauth/revoke', ['token', 'token_type_hint']),
        ...requestsOf('/oauth/authorize', NAMES),
      ];
      const found = requests.map(async (request) => [request, await sendRaw(app.url, request)] as const);
      expect((await Promise.all(found)).flatMap(faultsOf)).toEqual([]);
    },
  );
});

describe('An application that reads every body itself', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ remoteApps: [CORP], bodyParser: true });
  });
  afterAll(() => app.stop());

  it.each(ATTACKS.filter(([, attack]) => attack({ method: 'POST', path: '/' }).body !== undefined))(
    'An application that reads every body itself answers %s at every route with neither a 5xx nor a look inside',
    async (_name, attack) => {
      const found = await answers(app, routesOf(app), (route) => {
        const { headers = [], ...rest } = attack(route);
        return { ...rest, headers: [...headers, 'Sec-Fetch-Site: same-origin'] };
      });
      expect(found.flatMap(faultsOf)).toEqual([]);
    },
  );
});

/** Every path of the Express router by GET and POST as far as it has them, so that a new route joins by itself. */
function routesOf(app: TestApp): Route[] {
  const { router } = app.nest.getHttpAdapter().getInstance() as { router: Router };
  const found = router.stack.flatMap(({ route }) => {
    if (route === undefined) return [];
    const path = route.path.replaceAll(':provider', 'corp').replaceAll(/[:*]\w+/g, 'a');
    return route.stack.map(({ method }) => `${method.toUpperCase()} ${path.replace(/(?<=.)\/$/, '')}`);
  });
  return [...new Set(found)].flatMap((line) => {
    const [method = '', path = ''] = line.split(' ');
    return method === 'GET' || method === 'POST' ? { method, path } : [];
  });
}

async function answers(app: TestApp, routes: readonly Route[], attack: Attack[1]) {
  return Promise.all(
    routes.map(async (route) => {
      const request: RawRequest = { method: route.method, target: route.path, ...attack(route) };
      return [request, await sendRaw(app.url, request)] as const;
    }),
  );
}

/** What is wrong with an answer, as a line for the report. */
function faultsOf([{ method, target }, answer]: readonly [RawRequest, RawAnswer]): string[] {
  const { status, head, body } = answer;
  const isInside =
    /node_modules|file:\/\/|\.[jt]sx?:\d|\bat \S+ \(|(Type|Range|Syntax|Reference|QueryFailed)Error/.test(body);
  const isSplit = /^set-cookie: a=b/im.test(head);
  return status >= 200 && status < 500 && !isInside && !isSplit
    ? []
    : [`${method} ${target.slice(0, 80)}: ${status} ${body.slice(0, 300)}`];
}

function numbered(count: number): string {
  return Array.from({ length: count }, (_, index) => `p${index}=`).join('&');
}

function cookies(count: number): string {
  return Array.from({ length: count }, (_, index) => `gatehouse_login_${index}=${'x'.repeat(20)}`).join('; ');
}

function jws(header: object): string {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${encode(header)}.${encode({ sub: 'a' })}.AAAA`;
}
