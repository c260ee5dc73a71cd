import { execFileSync } from 'node:child_process';
import { curlOf } from './curl.js';
import type { WireRequest } from './run.js';

/** What a POSIX shell hands to curl. */
function argumentsOf(request: WireRequest): string[] {
  const script = `curl() { for argument; do printf '%s\\n' "$argument"; done; }; ${curlOf(request)}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n');
}

describe('the curl line of a request', () => {
  it('The curl line of a request carries the address and the headers of a GET', () => {
    const url = 'http://localhost:3000/api/me?a=1&b=$HOME';
    expect(argumentsOf({ method: 'GET', url, headers: { authorization: 'Bearer x' } })).toEqual([
      '-si',
      url,
      '-H',
      'authorization: Bearer x',
    ]);
  });

  it('The curl line of a request carries the form of a POST, which curl names by itself', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = { method: 'POST', url: 'http://localhost:3000/oauth/token', headers, body: 'a=1&b=%27' } as const;
    expect(argumentsOf(request)).toEqual(['-si', request.url, '--data', 'a=1&b=%27']);
  });

  it('The curl line of a request lets no quote in a value end the argument', () => {
    const request = { method: 'GET', url: "http://localhost/'; rm -rf x; '", headers: {} } as const;
    expect(argumentsOf(request)).toEqual(['-si', request.url]);
  });
});
