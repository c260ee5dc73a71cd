import { ROUTES } from '../../common/http/routes.js';
import { DescriptionList } from '../../ui/components/description-list.js';
import type { View } from '../../ui/view-renderer.js';

/** The model of the page. */
export interface RemoteProfilePageModel {
  readonly providerLabel: string;
  /** Each claim with its value as text. */
  readonly claims: readonly (readonly [name: string, value: string])[];
}

/** Shows what a provider says now about the end user who is signed in. */
export const remoteProfilePage: View<RemoteProfilePageModel> = {
  name: 'remote-profile',
  title: ({ providerLabel }, { messages }) => messages.remoteProfile.title(providerLabel),
  body: ({ providerLabel, claims }, { messages, paths }) => (
    <>
      <h1>{messages.remoteProfile.title(providerLabel)}</h1>
      <DescriptionList entries={claims.map(([name, value]) => [<code>{name}</code>, <bdi>{value}</bdi>])} />
      <p>
        <a href={paths.to(ROUTES.logins)}>{messages.remoteProfile.goBack}</a>
      </p>
    </>
  ),
};
