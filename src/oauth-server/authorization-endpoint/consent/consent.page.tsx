import type { VNode } from 'preact';
import { ROUTES, type Route } from '../../../common/http/routes.js';
import { Button } from '../../../ui/components/button.js';
import { ClientLogo } from '../../../ui/components/client-logo.js';
import { DescriptionList } from '../../../ui/components/description-list.js';
import { Form } from '../../../ui/components/form.js';
import { Notice } from '../../../ui/components/notice.js';
import type { Markup, Messages } from '../../../ui/messages/messages.js';
import type { View } from '../../../ui/view-renderer.js';
import type { Destination } from './destination.js';

/** One thing that the client wants to do, as a sentence. */
export interface ScopeModel {
  readonly sentence: string;
  readonly isNew: boolean;
}

/** The model of the consent page. Names are fit for display. */
export interface ConsentModel {
  readonly clientName: string;
  readonly publisher: string | undefined;
  readonly logo: string | undefined;
  /** The web site that the client calls its own. */
  readonly homepage: string | undefined;
  readonly policy: string | undefined;
  readonly terms: string | undefined;
  readonly destination: Destination;
  readonly accountLabel: string;
  /** The address at which to sign in as another end user. */
  readonly switchHref: string;
  readonly scopes: readonly ScopeModel[];
  /** True when the form came from a page that another end user was shown. */
  readonly isForAnother: boolean;
  /** The route that takes the decision. */
  readonly action: Route;
  readonly sealedRequest: string;
}

/** Asks the end user whether a client may have the requested access, and says where the answer goes. */
export const consentPage: View<ConsentModel> = {
  name: 'consent',
  title: ({ clientName }, { messages }) => messages.consent.title(clientName),
  body: (model, { messages, csrfToken, paths }) => {
    const { consent, authorizations, signOut } = messages;
    return (
      <>
        <h1>
          <ClientLogo name={model.clientName} url={model.logo} />
          {consent.heading(<bdi>{model.clientName}</bdi>)}
        </h1>
        {model.isForAnother && (
          <Notice kind="warning" title={consent.forAnotherTitle}>
            <p>{consent.forAnother}</p>
          </Notice>
        )}
        <p>
          {signOut.signedInAs(<bdi>{model.accountLabel}</bdi>)} <a href={model.switchHref}>{consent.notYou}</a>
        </p>
        <Scopes model={model} texts={consent} />
        <DescriptionList
          entries={[
            [consent.answerGoesTo, destinationInWords(model.destination, consent)],
            ...aboutClient(model, consent),
          ]}
        />
        <Form action={paths.to(model.action)} csrfToken={csrfToken} hidden={{ request: model.sealedRequest }}>
          <div class="actions">
            <Button kind="secondary" name="decision" value="deny">
              {consent.deny}
            </Button>
            <Button name="decision" value="allow">
              {consent.allow}
            </Button>
          </div>
        </Form>
        <p class="hint">{consent.takeBackOn(<a href={paths.to(ROUTES.authorizations)}>{authorizations.title}</a>)}</p>
      </>
    );
  },
};

type Texts = Messages['consent'];

function Scopes({ model: { scopes, clientName }, texts }: { model: ConsentModel; texts: Texts }): VNode {
  const asked = scopes.filter(({ isNew }) => isNew);
  const allowed = scopes.filter(({ isNew }) => !isNew);
  return (
    <>
      {asked.length > 0 && (
        <>
          <h2>{allowed.length > 0 ? texts.newlyAsksTo : texts.asksTo}</h2>
          <Sentences scopes={asked} />
        </>
      )}
      {allowed.length > 0 && (
        <>
          <h2>{texts.alreadyAllowed(<bdi>{clientName}</bdi>)}</h2>
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

function destinationInWords(destination: Destination, texts: Texts): Markup {
  if (destination.kind === 'site') return <strong>{destination.host}</strong>;
  if (destination.kind === 'this-device') return texts.programOnThisDevice(<strong>{destination.host}</strong>);
  return texts.programThatOpens(<strong>{destination.scheme}</strong>);
}

function aboutClient({ publisher, homepage, policy, terms }: ConsentModel, texts: Texts) {
  const entries: (readonly [string, VNode])[] = [];
  if (publisher !== undefined) entries.push([texts.publisher, <bdi>{publisher}</bdi>]);
  if (homepage !== undefined)
    entries.push([texts.homePage, <ExternalLink to={homepage} text={new URL(homepage).host} />]);
  if (policy !== undefined) entries.push([texts.privacy, <ExternalLink to={policy} text={texts.privacyLink} />]);
  if (terms !== undefined) entries.push([texts.terms, <ExternalLink to={terms} text={texts.termsLink} />]);
  return entries;
}

function ExternalLink({ to, text }: { to: string; text: string }): VNode {
  return (
    <a href={to} rel="noopener noreferrer" target="_blank">
      {text}
    </a>
  );
}
