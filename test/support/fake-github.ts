import { randomUUID } from 'node:crypto';
import { s256Challenge } from '../../src/common/crypto/pkce.js';
import type { FakeAnswer, FakeRequest } from './fake-server.js';
import { FakeServer } from './fake-server.js';

/** An end user as GitHub's REST API shows them. */
export interface GithubEndUser {
  readonly id: number;
  readonly login: string;
  readonly name?: string | null;
  readonly avatar_url?: string;
  readonly emails: readonly { readonly email: string; readonly primary: boolean; readonly verified: boolean }[];
}

interface Grant {
  readonly endUser: GithubEndUser;
  readonly redirectUri: string;
  readonly challenge: string | null;
}

/** GitHub's shape on a loopback port: whoever is `endUser` is signed in there and allows everything at once. */
export class FakeGithub {
  endUser: GithubEndUser = { id: 1, login: 'octocat', emails: [] };
  readonly clientId = 'github-client';
  readonly clientSecret = 'github secret/+&';
  readonly #codes = new Map<string, Grant>();
  readonly #tokens = new Map<string, GithubEndUser>();

  private constructor(readonly server: FakeServer) {}

  static async start(): Promise<FakeGithub> {
    const github = new FakeGithub(await FakeServer.start());
    github.reset();
    return github;
  }

  /** Puts every route back to what GitHub does. */
  reset(): void {
    const { routes } = this.server;
    routes.set('/login/oauth/authorize', (request) => this.#authorize(request));
    routes.set('/login/oauth/access_token', (request) => this.#token(request));
    routes.set('/user', (request) => this.#api(request, ({ emails: _, ...profile }) => profile));
    routes.set('/user/emails', (request) => this.#api(request, ({ emails }) => emails));
  }

  /** What a Gatehouse is told to sign end users in here: the preset with other addresses. */
  settings(name = 'github') {
    return {
      name,
      clientId: this.clientId,
      clientSecret: this.clientSecret,
      authorizeUrl: `${this.server.url}/login/oauth/authorize`,
      accessTokenUrl: `${this.server.url}/login/oauth/access_token`,
      apiBaseUrl: this.server.url,
    };
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  #authorize({ url: { searchParams } }: FakeRequest): FakeAnswer {
    const code = randomUUID();
    const redirectUri = searchParams.get('redirect_uri') ?? '';
    this.#codes.set(code, { endUser: this.endUser, redirectUri, challenge: searchParams.get('code_challenge') });
    const back = new URL(redirectUri);
    const iss = 'https://github.com/login/oauth';
    back.search = new URLSearchParams({ code, state: searchParams.get('state') ?? '', iss }).toString();
    return { status: 302, headers: { location: back.href } };
  }

  /** Errors come with 200; without `Accept: application/json` answers are form-encoded. */
  #token({ form, headers }: FakeRequest): FakeAnswer {
    const grant = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    const members = this.#tokenMembers(headers.authorization, form, grant);
    if (headers.accept === 'application/json') return { body: members };
    return { body: new URLSearchParams(members).toString() };
  }

  #tokenMembers(authorization: string | undefined, form: URLSearchParams, grant: Grant | undefined) {
    const credentials = `${this.clientId}:${new URLSearchParams({ '': this.clientSecret }).toString().slice(1)}`;
    if (authorization !== `Basic ${Buffer.from(credentials).toString('base64')}`) {
      return { error: 'incorrect_client_credentials', error_description: 'The client_id and/or secret are wrong.' };
    }
    const isRight =
      grant?.redirectUri === form.get('redirect_uri') &&
      grant.challenge === s256Challenge(form.get('code_verifier') ?? '');
    if (!isRight) return { error: 'bad_verification_code', error_description: 'The code is incorrect or expired.' };
    const token = `gho_${randomUUID()}`;
    this.#tokens.set(token, grant.endUser);
    return { access_token: token, scope: 'read:user,user:email', token_type: 'bearer' };
  }

  #api({ headers }: FakeRequest, read: (endUser: GithubEndUser) => object): FakeAnswer {
    const endUser = this.#tokens.get(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '');
    if (!headers['user-agent']) return { status: 403, body: { message: 'Request forbidden by administrative rules.' } };
    return endUser === undefined ? { status: 401, body: { message: 'Bad credentials' } } : { body: read(endUser) };
  }
}
