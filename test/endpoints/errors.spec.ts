import { connect } from 'node:net';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';

describe('what an unknown address answers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('is JSON for a program', async () => {
    const response = await app.get('/nowhere');
    expect(response.status).toBe(404);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.json()).toEqual({
      error: 'not_found',
      error_description: 'There is nothing at this address',
    });
  });

  it('is a page with a reference id for a browser', async () => {
    const page = await app.browser().get('/nowhere');
    expect(page.status).toBe(404);
    expect(page.html).toMatch(/<h1>Not found<\/h1>.*Reference.*<code>[0-9a-f-]{36}<\/code>/);
  });

  it('is a JSON:API error object where the request accepts one', async () => {
    const response = await app.get('/nowhere', { accept: 'application/vnd.api+json' });
    expect(response.headers.get('content-type')).toContain('application/vnd.api+json');
    expect(await response.json()).toMatchObject({ errors: [{ status: '404', title: 'not_found' }] });
  });
});

describe('a client that goes away', () => {
  it('while it sends a form is no error of ours in the log', async () => {
    const app = await TestApp.start();
    const errors = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const refusals = jest.spyOn(Logger.prototype, 'log').mockReturnValue();
    const { hostname, port } = new URL(app.url);
    const type = 'Content-Type: application/x-www-form-urlencoded';
    const socket = connect(Number(port), hostname);
    socket.end(`POST /oauth/token HTTP/1.1\r\nHost: a\r\n${type}\r\nContent-Length: 100\r\n\r\ngrant_type=`);
    await eventually(async () =>
      expect([...errors.mock.calls, ...refusals.mock.calls].join()).toMatch(/POST .oauth.token/),
    );
    expect(errors).not.toHaveBeenCalled();
    jest.restoreAllMocks();
    await app.stop();
  });
});
