import { Injectable, Module } from '@nestjs/common';
import {
  ClientMetadataExtension,
  Clients,
  type Grant,
  GrantType,
  InvalidClientMetadataError,
  TokenIssuer,
  type TokenRequest,
  type TokenResponse,
} from 'gatehouse';
import { z } from 'zod';
import { loadBootstrapFile } from '../support/bootstrap-file.js';
import { rowsOf } from '../support/stored-rows.js';
import { basic, TestApp } from '../support/test-app.js';

declare module 'gatehouse' {
  interface ClientMetadata {
    readonly department?: string;
  }
}

@Injectable()
@ClientMetadataExtension()
class Departments implements ClientMetadataExtension {
  readonly members = {
    department: z
      .string()
      .regex(/^[A-Z]/, 'must begin with a capital')
      .default('Lobby'),
  };
}

/** Tells the client which department it belongs to. */
@Injectable()
@GrantType('urn:example:department')
class DepartmentGrant implements Grant<TokenRequest> {
  constructor(private readonly issuer: TokenIssuer) {}

  validate(request: TokenRequest): TokenRequest {
    return request;
  }

  async issue({ client, grantType }: TokenRequest): Promise<TokenResponse> {
    const department = client.metadata.department;
    return { ...(await this.issuer.issue({ client, grantType, granted: { scopes: [] } })), department };
  }
}

@Module({ providers: [Departments, DepartmentGrant] })
class DepartmentsModule {}

const SECRET = 'the secret of a client, which is long enough';

describe('A member that an application adds to client metadata', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [DepartmentsModule] });
  });
  afterAll(() => app.stop());

  const client = (client_id: string, more: object) => ({
    client_id,
    client_secret: SECRET,
    grant_types: ['urn:example:department'],
    ...more,
  });
  const departmentOf = async (clientId: string) => {
    const form = { grant_type: 'urn:example:department' };
    return (await (await app.post('/oauth/token', form, basic(clientId, SECRET))).json()).department;
  };

  it('A member that an application adds is taken from the bootstrap file, stored, and read at client.metadata', async () => {
    await loadBootstrapFile(app, { clients: [client('engines', { department: 'Engines' })] });
    expect(await departmentOf('engines')).toBe('Engines');
  });

  it('A member that an application adds takes its default where a file leaves it out', async () => {
    await loadBootstrapFile(app, { clients: [client('porter', {})] });
    expect(await departmentOf('porter')).toBe('Lobby');
  });

  it('A member that an application adds is taken from a registration by Clients, stored, and read at client.metadata', async () => {
    await app.port(Clients).register(client('looms', { department: 'Looms' }));
    expect(await departmentOf('looms')).toBe('Looms');
  });

  it('A member that an application adds is refused with its place when it breaks its rule, and then nothing of the file is stored', async () => {
    const clients = [client('first', {}), client('second', { department: 'engines' })];
    await expect(loadBootstrapFile(app, { clients })).rejects.toThrow(
      'BOOTSTRAP_FILE is wrong at clients[1].department: must begin with a capital',
    );
    expect(await departmentOf('first')).toBeUndefined();
  });

  it('A member that an application adds is refused by Clients with what is wrong, as are the members of Gatehouse', async () => {
    const registering = (more: object) => app.port(Clients).register(client('third', more));
    await expect(registering({ department: 'engines' })).rejects.toThrow(InvalidClientMetadataError);
    await expect(registering({ department: 'engines' })).rejects.toThrow('department must begin with a capital');
    await expect(registering({ redirect_uris: ['/here'] })).rejects.toThrow('redirect_uris.0 ');
  });

  it('A member that an application adds is dropped where no extension defines it', async () => {
    await loadBootstrapFile(app, { clients: [client('attic', { floor: 7 })] });
    const [row] = await rowsOf(app, 'clients', { client_id: 'attic' });
    expect(row?.metadata).toMatchObject({ department: 'Lobby' });
    expect(row?.metadata).not.toHaveProperty('floor');
  });

  @Injectable()
  @ClientMetadataExtension()
  class Rival implements ClientMetadataExtension {
    readonly members = { client_name: z.string() };
  }

  it('A member that an application adds is refused at boot when Gatehouse has a member of that name', async () => {
    @Module({ providers: [Rival] })
    class RivalModule {}
    await expect(TestApp.start({ extensions: [RivalModule] })).rejects.toThrow(
      'Gatehouse and Rival both define the client metadata member "client_name". Rename one.',
    );
  });
});
