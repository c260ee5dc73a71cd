import type { TestEndUser } from './end-user-builder.js';
import { authorizationsOf } from './stored-grants.js';
import type { Page } from './test-browser.js';
import type { TestClient } from './test-client.js';

/** Takes back what the end user allowed the client, on the page that lists it. */
export async function takeBack(endUser: TestEndUser, client: TestClient): Promise<void> {
  const press = await readyToTakeBack(endUser, client);
  const after = await press();
  if (after.status !== 303) throw new Error(`Taking back was answered with ${after.status}: ${after.html}`);
}

/** The page with what the end user allowed the client, and its button still to be pressed. */
export async function readyToTakeBack(endUser: TestEndUser, client: TestClient): Promise<() => Promise<Page>> {
  const authorization = (await authorizationsOf(client)).find(
    ({ subject, isRevoked }) => subject === endUser.id && !isRevoked,
  );
  if (authorization === undefined) throw new Error(`${endUser.email} has allowed ${client.id} nothing`);
  const browser = await endUser.browser();
  const page = await browser.get('/oauth/authorizations');
  const form = new RegExp(`<form(?:(?!</form>).)*value="${authorization.id}".*?</form>`, 's').exec(page.html)?.[0];
  if (form === undefined) throw new Error(`The page does not list ${client.id}: ${page.html}`);
  return () => browser.submit({ ...page, html: form });
}
