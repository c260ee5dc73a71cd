import type { VNode } from 'preact';
import { ROUTES } from '../../../common/http/routes.js';
import { Button, ButtonLink } from '../../../ui/components/button.js';
import { CodeBlock } from '../../../ui/components/code-block.js';
import { DescriptionList } from '../../../ui/components/description-list.js';
import { Form } from '../../../ui/components/form.js';
import type { View } from '../../../ui/view-renderer.js';
import { GateDrawing } from './gate-drawing.js';

/** The model of the landing page: who is signed in, and what there is to try. */
export interface LandingPageModel {
  /** Undefined when nobody is signed in. */
  readonly accountLabel: string | undefined;
  readonly signInUrl: string;
  /** Logins that anybody may use. */
  readonly demoAccounts: readonly { readonly email: string; readonly password: string }[];
  readonly issuer: string;
}

const GUARDED_ROUTE = `@Get('notes')
@RequireScopes('notes:read')
list(@CurrentUser() user: User) {
  return this.notes.of(user.id);
}`;

/** The landing page: what Gatehouse is, the way to try it, and the addresses of its endpoints. */
export const landingPage: View<LandingPageModel> = {
  name: 'landing',
  width: 'wide',
  title: () => 'Sign in, issue tokens, guard APIs',
  body: ({ accountLabel, signInUrl, demoAccounts, issuer }, { csrfToken, paths }) => (
    <>
      <div class="hero">
        <div class="flow">
          <h1>
            <span>Sign end users in. </span>
            <span>Issue tokens. </span>
            <span>Guard APIs.</span>
          </h1>
          <p class="lead">
            This is Gatehouse, OAuth 2 and OpenID Connect for NestJS, up and running. Walk through a whole flow as a
            partner app and see every message on the wire.
          </p>
          <div class="actions">
            <ButtonLink href={paths.to(ROUTES.playground)}>Try the playground</ButtonLink>
            {accountLabel === undefined && (
              <ButtonLink href={signInUrl} kind="secondary">
                Sign in
              </ButtonLink>
            )}
          </div>
          {accountLabel !== undefined && (
            <Form action={paths.to(ROUTES.signOut)} csrfToken={csrfToken}>
              <p>
                You are signed in as <bdi>{accountLabel}</bdi>.{' '}
                <a href={paths.to(ROUTES.authorizations)}>What you allowed</a>
              </p>
              <Button kind="secondary">Sign out</Button>
            </Form>
          )}
        </div>
        <GateDrawing />
      </div>
      <div class="columns">
        <section class="flow">
          <h2>Demo logins</h2>
          {demoAccounts.map(({ email, password }) => (
            <DescriptionList
              entries={[
                ['E-mail', <code>{email}</code>],
                ['Password', <code>{password}</code>],
              ]}
            />
          ))}
          <p class="hint">Made for trying out; not for production.</p>
        </section>
        <section class="flow">
          <h2>Addresses</h2>
          <DescriptionList
            entries={[
              ['Issuer', <code>{issuer}</code>],
              ['Discovery', <LinkTo path={paths.to(ROUTES.openidConfiguration)} />],
              ['Keys', <LinkTo path={paths.to(ROUTES.jwks)} />],
              ['Guides', <code>docs/</code>],
            ]}
          />
        </section>
        <section class="flow">
          <h2>Guard an API of yours</h2>
          <CodeBlock label="notes.controller.ts">{GUARDED_ROUTE}</CodeBlock>
        </section>
      </div>
    </>
  ),
};

function LinkTo({ path }: { path: string }): VNode {
  return <a href={path}>{path}</a>;
}
