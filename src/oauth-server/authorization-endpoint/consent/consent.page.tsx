import type { VNode } from 'preact';
import { ROUTES, type Route } from '../../../common/http/routes.js';
import { Button } from '../../../ui/components/button.js';
import { DescriptionList } from '../../../ui/components/description-list.js';
import { Form } from '../../../ui/components/form.js';
import { Notice } from '../../../ui/components/notice.js';
import type { View } from '../../../ui/view-renderer.js';
import type { Destination } from './destination.js';

/** One thing that the client wants to do, as a sentence. */
export interface ScopeModel {
  readonly sentence: string;
  readonly isNew: boolean;
}

/** All that the consent page tells. Names are fit for display. */
export interface ConsentModel {
  readonly clientName: string;
  readonly publisher: string | undefined;
  /** The client says that this is its home. */
  readonly homepage: string | undefined;
  readonly policy: string | undefined;
  readonly terms: string | undefined;
  readonly destination: Destination;
  readonly person: string;
  /** Where to sign in as somebody else. */
  readonly switchHref: string;
  readonly scopes: readonly ScopeModel[];
  /** The form came from a page that another end user was shown. */
  readonly isForAnother: boolean;
  /** The route that takes the decision. */
  readonly action: Route;
  readonly sealedRequest: string;
}

/** Asks the end user whether a client may have what it asks for, and says where the answer goes. */
export const consentPage: View<ConsentModel> = {
  name: 'consent',
  title: ({ clientName }) => `Allow ${clientName}?`,
  body: (model, { csrfToken, paths }) => (
    <>
      <h1>
        Allow <bdi>{model.clientName}</bdi>?
      </h1>
      {model.isForAnother && (
        <Notice kind="warning" title="Nothing was allowed">
          <p>Somebody else was signed in when this page was shown. Please decide for yourself.</p>
        </Notice>
      )}
      <p>
        You are signed in as <bdi>{model.person}</bdi>. <a href={model.switchHref}>Not you?</a>
      </p>
      <Scopes {...model} />
      <DescriptionList
        entries={[['Answer goes to', <DestinationInWords {...model.destination} />], ...aboutClient(model)]}
      />
      <Form action={paths.to(model.action)} csrfToken={csrfToken} hidden={{ request: model.sealedRequest }}>
        <div class="actions">
          <Button kind="secondary" name="decision" value="deny">
            Deny
          </Button>
          <Button name="decision" value="allow">
            Allow
          </Button>
        </div>
      </Form>
      <p class="hint">
        You can take this back at any time on the page <a href={paths.to(ROUTES.authorizations)}>What you allowed</a>.
      </p>
    </>
  ),
};

function Scopes({ scopes, clientName }: ConsentModel): VNode {
  const asked = scopes.filter(({ isNew }) => isNew);
  const allowed = scopes.filter(({ isNew }) => !isNew);
  return (
    <>
      {asked.length > 0 && (
        <>
          <h2>{allowed.length > 0 ? 'New: it asks to' : 'It asks to'}</h2>
          <Sentences scopes={asked} />
        </>
      )}
      {allowed.length > 0 && (
        <>
          <h2>
            You have already allowed <bdi>{clientName}</bdi> to
          </h2>
          <Sentences scopes={allowed} />
        </>
      )}
    </>
  );
}

function Sentences({ scopes }: { scopes: readonly ScopeModel[] }): VNode {
  return (
    <ul>
      {scopes.map(({ sentence }) => (
        <li>
          <bdi>{sentence}</bdi>
        </li>
      ))}
    </ul>
  );
}

function DestinationInWords(destination: Destination): VNode {
  if (destination.kind === 'site') return <strong>{destination.host}</strong>;
  if (destination.kind === 'this-device') {
    return (
      <>
        a program on this device, <strong>{destination.host}</strong>
      </>
    );
  }
  return (
    <>
      the program on this device that opens <strong>{destination.scheme}</strong> links
    </>
  );
}

function aboutClient({ publisher, homepage, policy, terms }: ConsentModel) {
  const entries: (readonly [string, VNode])[] = [];
  if (publisher !== undefined) entries.push(['Publisher', <bdi>{publisher}</bdi>]);
  if (homepage !== undefined) entries.push(['Home page', <ExternalLink to={homepage} text={new URL(homepage).host} />]);
  if (policy !== undefined) entries.push(['Privacy', <ExternalLink to={policy} text="How it uses your data" />]);
  if (terms !== undefined) entries.push(['Terms', <ExternalLink to={terms} text="Terms of use" />]);
  return entries;
}

function ExternalLink({ to, text }: { to: string; text: string }): VNode {
  return (
    <a href={to} rel="noopener noreferrer" target="_blank">
      {text}
    </a>
  );
}
