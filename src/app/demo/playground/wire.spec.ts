import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Issuer } from '../../../common/config/issuer.js';
import { Paths } from '../../../common/http/paths.js';
import { Wire } from './wire.js';

describe('the requests of the partner app', () => {
  let server: Server;
  let paths: Paths;
  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      if (url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.end('x'.repeat(url === '/large' ? 100_000 : 10));
    });
    await once(server.listen(0), 'listening');
    paths = new Paths(new Issuer(`http://localhost:${(server.address() as AddressInfo).port}`));
  });
  afterAll(() => server.close());

  it('Requests of the partner app follow no redirect', async () => {
    const { response } = await new Wire(paths).get('', '/moved');
    expect([response.status, response.headers.location]).toEqual([302, '/elsewhere']);
  });

  it('Requests of the partner app read no answer over 64 KiB, and say which address failed', async () => {
    await expect(new Wire(paths).get('', '/large')).rejects.toMatchObject({
      code: 'temporarily_unavailable',
      description: expect.stringContaining(paths.url('/large')),
    });
  });

  it('Requests of the partner app say that the issuer must be reachable where nobody listens', async () => {
    await expect(new Wire(new Paths(new Issuer('http://localhost:1'))).get('', '/')).rejects.toMatchObject({
      status: 503,
    });
  });
});
