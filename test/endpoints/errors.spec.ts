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
