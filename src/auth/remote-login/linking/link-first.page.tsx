import { ButtonLink } from '../../../ui/components/button.js';
import type { View } from '../../../ui/view-renderer.js';

/** The model of the page for an end user whose e-mail address at a provider has an account here already. */
export interface LinkFirstPageModel {
  readonly email: string;
  readonly providerLabel: string;
  /** The sign-in page, from which the end user comes back to be linked. */
  readonly signInHref: string;
  /** The address to which the link No leads. */
  readonly returnTo: string;
}

/** Says that the end user has an account already, and leads to proving it, after which the two are linked. */
export const linkFirstPage: View<LinkFirstPageModel> = {
  name: 'link-first',
  title: (_, { messages }) => messages.linkFirst.title,
  body: ({ email, providerLabel, signInHref, returnTo }, { messages: { linkFirst } }) => (
    <>
      <h1>{linkFirst.title}</h1>
      <p class="lead">{linkFirst.explanation(<bdi>{email}</bdi>, providerLabel)}</p>
      <div class="actions">
        <ButtonLink href={signInHref}>{linkFirst.submit(providerLabel)}</ButtonLink>
      </div>
      <p>
        <a href={returnTo}>{linkFirst.decline}</a>
      </p>
    </>
  ),
};
