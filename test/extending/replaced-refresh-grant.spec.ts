import { WorkingDayRefreshModule } from '../../examples/working-day-refresh/working-day-refresh.module.js';
import { answerOf, invalidGrant } from '../support/answer.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';

const HOUR_SECONDS = 3600;

describe('A refresh grant of the application that adds a rule to the built-in one', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [WorkingDayRefreshModule] });
  });
  afterAll(() => app.stop());

  it('The rule holds, and a reuse is still answered as one when the working day is over', async () => {
    const ada = await anEndUser().registeredAt(app);
    const client = await aClient().using('authorization_code', 'refresh_token').allowed('profile').registeredAt(app);
    const first = await client.signIn(ada);
    app.clock.travel({ seconds: 11 * HOUR_SECONDS });
    const second = await client.refreshed(first.refresh_token);
    app.clock.travel({ seconds: 2 * HOUR_SECONDS });
    const over = invalidGrant('The working day is over; sign in again');
    expect(await answerOf(client.refresh(second.refresh_token))).toEqual(over);
    expect(await answerOf(client.refresh(first.refresh_token))).toMatchObject({
      error_description: 'The refresh token was used before, so every token of this sign-in is now revoked',
    });
    expect(await answerOf(client.refresh(second.refresh_token))).toEqual(invalidGrant('The refresh token is revoked'));
  });
});
