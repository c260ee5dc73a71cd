import { Controller, Get, Injectable, Module, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { english, PageLanguage, Pages, type PageTexts, Public, ROUTES, type View } from 'gatehouse';
import { h } from 'preact';
import { anEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';

/** A page of an application's own. */
const guestbookPage: View<{ readonly guest: string }> = {
  name: 'guestbook',
  title: ({ guest }, { messages }) => `${messages.signIn.title}, ${guest}`,
  body: ({ guest }, { csrfToken, paths, language }) =>
    h('form', { method: 'post', action: '/guestbook' }, [
      h('input', { type: 'hidden', name: 'csrf_token', value: csrfToken }),
      h('p', {}, `${guest} reads ${language.tag}`),
      h('a', { href: paths.to(ROUTES.signOut) }, 'out'),
    ]),
};

@Public()
@Controller('guestbook')
class GuestbookController {
  constructor(private readonly pages: Pages) {}

  @Get()
  show(@Req() request: Request, @Res() response: Response): void {
    this.pages.show(request, response, guestbookPage, { guest: '<Bob>' }, 202);
  }
}

/** Our English, with another word for signing in. */
@Injectable()
@PageLanguage('en', { replace: true })
class HouseEnglish implements PageTexts {
  readonly direction = 'ltr';
  readonly messages = { ...english, signIn: { ...english.signIn, title: 'Log in' } };
}

@Module({ controllers: [GuestbookController], providers: [HouseEnglish] })
class GuestbookModule {}

describe('pages of an application', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [GuestbookModule], options: { brand: { name: 'Acme & Sons' } } });
    await anEndUser().registeredAt(app);
  });
  afterAll(() => app.stop());

  it('Pages of an application look like ours: in the shell, escaped, with the headers of a page and the form token of the browser', async () => {
    const browser = app.browser();
    const page = await browser.get('/guestbook');
    expect(page.status).toBe(202);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.html).toContain('<title>Log in, &lt;Bob> – Acme &amp; Sons</title>');
    expect(page.html).toContain('<p>&lt;Bob> reads en</p><a href="/logout">out</a>');
    expect(page.html).toMatch(/name="csrf_token" value="[\w-]{40,}"/);
    expect([...browser.cookies.keys()]).toEqual(['gatehouse_browser']);
  });

  it.each(['/login', '/logout', '/nowhere'])(
    'Pages go by the name of the brand at %s, and not by ours',
    async (path) => {
      const { html } = await app.browser().get(path);
      expect(html).toMatch(/<title>[^<]+ – Acme &amp; Sons<\/title>/);
      expect(html).toMatch(/<a class="brand" href="\/">.*Acme &amp; Sons<\/a>/);
      expect(html.replaceAll(/"[^"]*"/g, '')).not.toContain('Gatehouse');
    },
  );

  it('Pages of an application may say in other words what ours say, without leaving any out', async () => {
    const { html } = await app.browser().get('/login');
    expect(html).toContain('<h1>Log in</h1>');
    expect(html).toContain('<label for="password">Password</label>');
  });
});

describe('a language', () => {
  it('A language that two classes claim is refused at boot, with what to do', async () => {
    @Injectable()
    @PageLanguage('en')
    class SecondEnglish extends HouseEnglish {}

    @Module({ providers: [SecondEnglish] })
    class SecondModule {}
    await expect(TestApp.start({ extensions: [SecondModule] })).rejects.toThrow(
      /both claim the page language "en"\. Rename one, or give exactly one of them \{ replace: true \}/,
    );
  });
});
