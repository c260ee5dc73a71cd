import type { BootstrapData } from '../../bootstrap/bootstrap-data.js';
import { clientMetadata } from '../../clients/metadata/client-metadata.js';
import type { KeyRing } from '../../common/crypto/key-ring.js';
import type { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';

const PASSWORD_CHARACTERS = 12;

/** DI token of the accounts and clients for trying out, with their passwords and secrets. */
export abstract class DemoData implements BootstrapData {
  abstract readonly users: BootstrapData['users'];
  abstract readonly clients: BootstrapData['clients'];
  abstract readonly scopes: BootstrapData['scopes'];
}

/**
 * End users and clients for trying out. Their secrets are made from the key ring, so that each installation has its
 * own.
 */
export function demoData(paths: Paths, keyRing: KeyRing): BootstrapData {
  const account = (email: string, name: string) => ({
    email,
    emailVerified: true,
    password: keyRing.sign(email, 'demo-password').replaceAll(/[-_]/g, '').slice(0, PASSWORD_CHARACTERS),
    claims: { name, locale: 'en' },
  });
  const secretsOf = (clientId: string) => [keyRing.sign(clientId, 'demo-client-secret')];
  return {
    scopes: [],
    users: [account('demo@example.com', 'Demo User'), account('admin@example.com', 'Demo Admin')],
    clients: [
      {
        clientId: 'playground',
        metadata: {
          ...clientMetadata.parse({
            client_name: 'Playground',
            application_type: 'web',
            publisher: 'This server',
            grant_types: ['authorization_code', 'refresh_token'],
            scope: 'openid profile email offline_access',
            token_endpoint_auth_method: 'none',
            // Time to read the page that shows the code (RFC 6749 section 4.1.2 recommends at most this).
            authorization_code_lifetime: 600,
          }),
          // Unchecked, for outside production the issuer may be http on any host.
          redirect_uris: [paths.url(ROUTES.playgroundCallback)],
        },
        secrets: [],
      },
      {
        clientId: 'demo-web',
        metadata: clientMetadata.parse({
          client_name: 'Demo web application',
          redirect_uris: ['http://localhost:8080/callback'],
          grant_types: ['authorization_code', 'refresh_token'],
          scope: 'openid profile email offline_access',
          first_party: true,
        }),
        secrets: secretsOf('demo-web'),
      },
      {
        clientId: 'demo-service',
        metadata: clientMetadata.parse({
          client_name: 'Demo service',
          grant_types: ['client_credentials'],
          response_types: [],
          scope: 'email profile',
        }),
        secrets: secretsOf('demo-service'),
      },
    ],
  };
}
