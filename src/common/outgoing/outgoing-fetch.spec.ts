import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Issuer } from '../config/issuer.js';
import { OutgoingFetch } from './outgoing-fetch.js';

const NO_PROXY = { httpsProxy: '', httpProxy: '', noProxy: '' };

describe('OutgoingFetch', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      response.write('half an ans');
      if (request.url === '/all') response.end('wer');
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  it('OutgoingFetch calls anything in development', async () => {
    const answer = await new OutgoingFetch(new Issuer('http://localhost:3000'), NO_PROXY).fetch(`${url}/all`, {});
    expect(await answer.text()).toBe('half an answer');
  });

  it('OutgoingFetch gives up on an answer that does not come to its end in time', async () => {
    const outgoing = new OutgoingFetch(new Issuer('http://localhost:3000'), NO_PROXY);
    outgoing.timeLimitSeconds = 0.2;
    await expect(outgoing.fetch(`${url}/half`, {})).rejects.toMatchObject({ fault: 'too-slow' });
  });

  it.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://169.254.169.254/',
    'https://localhost/',
    'https://2130706433/',
  ])('OutgoingFetch refuses %s for a server whose issuer is https', async (address) => {
    const outgoing = new OutgoingFetch(new Issuer('https://id.example.com'), NO_PROXY);
    await expect(outgoing.fetch(address, {})).rejects.toMatchObject({ fault: 'private-address' });
    expect.assertions(1);
  });

  it('OutgoingFetch refuses plain http for a server whose issuer is https', async () => {
    const outgoing = new OutgoingFetch(new Issuer('https://id.example.com'), NO_PROXY);
    await expect(outgoing.fetch('http://example.com/', {})).rejects.toMatchObject({ fault: 'private-address' });
  });

  it('OutgoingFetch calls a private network where that was allowed', async () => {
    const outgoing = new OutgoingFetch(new Issuer('https://id.example.com'), NO_PROXY);
    const answer = await outgoing.fetch(`${url}/all`, {}, true);
    expect(answer.status).toBe(200);
  });
});
