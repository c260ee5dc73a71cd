import { Injectable, Module } from '@nestjs/common';
import {
  type Grant,
  GrantType,
  type Spend,
  TokenIssuer,
  type TokenOrder,
  type TokenRequest,
  type TokenResponse,
} from 'gatehouse';
import { answerOf } from '../support/answer.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { authorizationsOf, familiesUnder } from '../support/stored-grants.js';
import { countOf, sql } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import { tokensOf } from '../support/test-client.js';

const GRANT = 'urn:example:ticket';

interface Ticket {
  readonly order: TokenOrder;
  readonly number: string;
}

/** Gives tokens for a ticket that is good once, and keeps with the ticket which token it gave. */
@Injectable()
@GrantType(GRANT)
class TicketGrant implements Grant<Ticket> {
  constructor(private readonly issuer: TokenIssuer) {}

  validate({ client, grantType, parameters }: TokenRequest): Ticket {
    const subject = parameters.get('subject');
    const endUser = subject === undefined ? undefined : { subject, signIn: { authTime: new Date(), amr: ['otp'] } };
    const order = { client, grantType, granted: { scopes: ['profile'] }, endUser, withRefreshToken: true };
    return { order, number: parameters.required('ticket') };
  }

  issue({ order, number }: Ticket): Promise<TokenResponse> {
    return this.issuer.issue(order, spending(number));
  }
}

function spending(number: string): Spend {
  return {
    name: 'ticket',
    sql: 'UPDATE tickets SET given = $2 WHERE number = $1 AND given IS NULL RETURNING 1',
    values: ({ expires_in }) => [number, expires_in],
  };
}

@Module({ providers: [TicketGrant] })
class TicketModule {}

describe('What an application issues tokens for, and may be used once', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [TicketModule] });
    await sql(app, 'CREATE TABLE tickets (number text PRIMARY KEY, given integer)');
    await sql(app, "INSERT INTO tickets (number) VALUES ('1'), ('2'), ('3')");
  });
  afterAll(() => app.stop());

  const ticketClient = aClient()
    .using(GRANT, 'refresh_token')
    .with({ access_token_format: 'opaque', redirect_uris: undefined });

  it('A ticket gives tokens to one of ten requests at the same time, and nothing of the others is stored', async () => {
    const client = await ticketClient.registeredAt(app);
    const before = await countOf(app, 'access_tokens');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => answerOf(client.token({ grant_type: GRANT, ticket: '1' }))),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toEqual(
      Array(9).fill({
        status: 400,
        error: 'invalid_grant',
        error_description: 'It was used before, or the end user has taken the authorization back',
      }),
    );
    expect(await countOf(app, 'access_tokens')).toBe(before + 1);
    expect(await sql(app, "SELECT given FROM tickets WHERE number = '1'")).toEqual([{ given: 3600 }]);
  });

  it('A ticket of an end user begins one family, whose refresh tokens work', async () => {
    const ada = await anEndUser().registeredAt(app);
    const client = await ticketClient.named('reader').registeredAt(app);
    const ask = () => client.token({ grant_type: GRANT, ticket: '2', subject: ada.id });
    const { refresh_token: refreshToken } = await tokensOf(ask());
    expect((await ask()).status).toBe(400);
    const [authorization] = await authorizationsOf(client);
    expect(await familiesUnder(app, authorization?.id)).toHaveLength(1);
    expect((await client.refresh(refreshToken)).status).toBe(200);
  });
});
