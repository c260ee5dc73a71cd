import type { Request } from 'express';
import { Issuer } from '../config/issuer.js';
import { Cookies } from './cookies.js';
import { Paths } from './paths.js';

describe('cookie names', () => {
  it.each([
    ['http://id.example', 'gatehouse_session'],
    ['https://id.example/', '__Host-gatehouse_session'],
    ['https://id.example/tenant', '__Host-gatehouse-db9abad28c_session'],
    ['https://id.example/other', '__Host-gatehouse-bf2faee259_session'],
  ])('Cookie names of a server at %s begin as in %s', (url, name) => {
    const issuer = new Issuer(url);
    const cookies = new Cookies(issuer, new Paths(issuer));
    const request = { headers: { cookie: `${name}=value; gatehouse_x=1; __Host-gatehouse_y=1` } } as Request;
    expect(cookies.get(request, 'session')).toBe('value');
  });

  it('Cookie names of a server at the root of the host leave out those of a server below it', () => {
    const issuer = new Issuer('https://id.example');
    const cookies = new Cookies(issuer, new Paths(issuer));
    const cookie = '__Host-gatehouse_browser=1; __Host-gatehouse-db9abad28c_session=2';
    expect(cookies.names({ headers: { cookie } } as Request)).toEqual(['browser']);
  });
});
