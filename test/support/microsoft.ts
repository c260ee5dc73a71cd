import { Module, type OnModuleInit, type Type } from '@nestjs/common';
import { OutgoingFetch } from '../../src/common/outgoing/outgoing-fetch.js';
import type { FakeOidcProvider } from './fake-oidc-provider.js';
import type { Page, TestBrowser } from './test-browser.js';

const HOST = 'https://login.microsoftonline.com';

/** What a Gatehouse is told to sign end users of every tenant in. */
export const MICROSOFT_ISSUER = `${HOST}/organizations/v2.0`;

/** Sends what a server asks of login.microsoftonline.com to a fake provider, from the discovery at the start on. */
export function microsoftAt(provider: FakeOidcProvider): Type {
  @Module({})
  class MicrosoftModule implements OnModuleInit {
    constructor(private readonly outgoing: OutgoingFetch) {}

    onModuleInit(): void {
      const fetched = this.outgoing.fetch.bind(this.outgoing);
      this.outgoing.fetch = (address, ...more) => fetched(address.replace(HOST, provider.issuer), ...more);
    }
  }
  return MicrosoftModule;
}

/** Has a fake provider answer as login.microsoftonline.com does, whose discovery document names no tenant. */
export function playMicrosoft(provider: FakeOidcProvider): void {
  const { authorization_response_iss_parameter_supported: _, ...metadata } = provider.metadata;
  const moved = Object.entries(metadata).map(([member, value]) => [
    member,
    typeof value === 'string' ? value.replace(provider.issuer, HOST) : value,
  ]);
  provider.server.routes.set('/organizations/v2.0/.well-known/openid-configuration', () => ({
    body: { ...Object.fromEntries(moved), issuer: `${HOST}/{tenantid}/v2.0` },
  }));
}

/** Signs somebody of a tenant in; `iss` is what the authorization response says of the issuer. */
export async function signInFrom(
  tenant: string,
  browser: TestBrowser,
  provider: FakeOidcProvider,
  iss?: string,
): Promise<Page> {
  provider.claims = (claims) => ({ ...claims, iss: `${HOST}/${tenant}/v2.0`, tid: tenant });
  provider.response = ({ iss: _, ...parameters }) => (iss === undefined ? parameters : { ...parameters, iss });
  const start = await browser.get('/auth/microsoft');
  const answer = await fetch((start.location?.href ?? '').replace(HOST, provider.issuer), { redirect: 'manual' });
  return browser.get(answer.headers.get('location') ?? '');
}
