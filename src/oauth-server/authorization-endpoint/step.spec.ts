import { Answer } from './answer.js';
import { type Incoming, inOrder, type Step } from './step.js';

class FindClient implements Step {
  run(_context: Incoming): { client: string } {
    return { client: 'web' };
  }
}

class CheckScope implements Step {
  async run({ client }: { client: string }): Promise<{ scopes: string } | Answer> {
    return client === '' ? Answer.json({}) : { scopes: 'openid' };
  }
}

class Respond implements Step {
  run({ client, scopes }: { client: string; scopes: string }): Answer {
    return Answer.json({ client, scopes });
  }
}

/** The compiler judges these tables; a line that it does not refuse as announced fails the check of types. */
describe('A table of steps', () => {
  it('A table of steps compiles where each step of each endpoint comes after those that establish what it needs', () => {
    const rows = inOrder([
      [FindClient, 'authorize', 'pushed'],
      [CheckScope, 'authorize', 'pushed'],
      [Respond, 'authorize'],
    ]);
    expect(rows).toHaveLength(3);
  });

  it('A table of steps does not compile where a step stands before what it needs', () => {
    // @ts-expect-error CheckScope establishes the scopes that Respond needs.
    const rows = inOrder([
      [FindClient, 'authorize'],
      [Respond, 'authorize'],
      [CheckScope, 'authorize'],
    ]);
    expect(rows).toHaveLength(3);
  });

  it('A table of steps does not compile where one endpoint of several leaves out what a later step needs', () => {
    // @ts-expect-error CheckScope is not taken at pushed.
    const rows = inOrder([
      [FindClient, 'authorize', 'pushed'],
      [CheckScope, 'authorize'],
      [Respond, 'authorize', 'pushed'],
    ]);
    expect(rows).toHaveLength(3);
  });

  it('A table of steps does not compile where the name of an endpoint is misspelt', () => {
    // @ts-expect-error Nothing establishes the client at autorize.
    const rows = inOrder([
      [FindClient, 'authorize'],
      [CheckScope, 'autorize'],
      [Respond, 'authorize'],
    ]);
    expect(rows).toHaveLength(3);
  });
});
