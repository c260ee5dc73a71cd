import { explainTheRest, runEveryStatement, STATEMENTS_NEVER_RUN } from '../support/every-statement.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { analyse, emptyTables, fillTables, withoutAutovacuum } from '../support/filled-tables.js';
import { PlanWatch, type WatchedPlan } from '../support/plan-watch.js';
import { RefreshingProvider } from '../support/refreshing-provider.js';
import { statementNames } from '../support/statements.js';
import { TestApp } from '../support/test-app.js';

/** The script `npm run bench:plans` fills in a million. */
const ROWS = Number(process.env.PLAN_ROWS ?? 100_000);
/** As a server has on its first day, whose plans each connection keeps until statistics are collected. */
const FEW_ROWS = 40;
const LIMIT_MILLISECONDS = 30_000 + ROWS;

const FEED = 'reads what is new for the memory of a node, across partitions';
const ENDS = 'ends what hangs from one thing, in whichever partitions that is';
const LIST = 'finds the few rows of one end user';
const OLD = 'deletes what is over';
const WINDOWS = 'counts in the window now and in the one before, which may be in two partitions';
const SMALL = 'reads a table of a few rows';
const PAGE = 'reads one page for an operator';
const UPKEEP = 'counts for an operator or at the start';

/** Statements that are not hot, with what they do instead; every other is read by unique indexes, in one partition. */
const NOT_HOT: Readonly<Record<string, string>> = {
  'login-failure-begin': WINDOWS,
  'login-failure-forgive': WINDOWS,
  'linked-account-of-end-user': LIST,
  'linked-accounts-of-end-user': LIST,
  'linked-account-unlink': LIST,
  'authorization-list': LIST,
  'login-flow-save': OLD,
  'login-flow-claim-answer': OLD,
  'refresh-answers-delete': OLD,
  'ended-sessions-delete-old': OLD,
  'token-cutoffs-delete-old': OLD,
  'remote-revocations-take': 'takes those that are due',
  'token-cutoffs-noted-since': FEED,
  'revocations-live-since': FEED,
  'revocations-live-page': FEED,
  'revocations-mark': FEED,
  'revocations-size': UPKEEP,
  'revocation-any': ENDS,
  'token-family-revoke-under': ENDS,
  'sign-in-session-remove-by-session-id': ENDS,
  'authorization-records': PAGE,
  'authorization-records-of-subject': LIST,
  'authorization-records-of-client': PAGE,
  'authorization-records-of-both': LIST,
  'client-records': PAGE,
  'user-records': PAGE,
  'scopes-list': SMALL,
  'sign-in-sessions-of-end-user': LIST,
  'sign-in-sessions-remove-all': ENDS,
  'user-remove': ENDS,
  'scopes-all': SMALL,
  'signing-keys-all': SMALL,
  'signing-keys-forget': SMALL,
  'signing-keys-retire-current': SMALL,
  'signing-keys-promote-next': SMALL,
  'signing-keys-promote-in-its-place': SMALL,
  'migrations-missing': SMALL,
  'signing_keys-sealed-uses': SMALL,
  'signing_keys-sealed-page': SMALL,
  'linked_accounts-sealed-uses': UPKEEP,
  'remote_revocations-sealed-uses': UPKEEP,
  partitions: UPKEEP,
  'partitions-missing': UPKEEP,
  'partitions-foreign': UPKEEP,
  'table-find': UPKEEP,
};

/** Those that may read a table without an index: the tables are small, or all rows are what is counted. */
const MAY_SCAN = [SMALL, UPKEEP];

const wrongIn = ({ statement, scanned, byOtherIndexes, acrossPartitions }: WatchedPlan) => {
  const reason = NOT_HOT[statement];
  const isScanned = scanned.length > 0 && !MAY_SCAN.includes(reason ?? '');
  return isScanned || (reason === undefined && byOtherIndexes.length + acrossPartitions.length > 0);
};

it('Statements that are named as exceptions are there', () => {
  const named = [...Object.keys(NOT_HOT), ...STATEMENTS_NEVER_RUN];
  expect(named.filter((name) => !statementNames().includes(name))).toEqual([]);
});

describe(`The plans of every statement, with ${ROWS} rows in each table`, () => {
  let provider: FakeOidcProvider;
  let app: TestApp;
  beforeEach(async () => {
    provider = await FakeOidcProvider.start();
    app = await TestApp.start({ remoteApps: [new RefreshingProvider(provider).settings] });
    await withoutAutovacuum(app);
  });
  afterEach(async () => {
    await app?.stop();
    await provider?.stop();
  });

  it.each<[string, () => Promise<void>]>([
    ['were never collected', () => fillTables(app, ROWS)],
    [
      'were collected while the tables were empty',
      async () => {
        await emptyTables(app);
        await analyse(app);
        await fillTables(app, ROWS);
      },
    ],
    ['were never collected, and there are a few rows', () => fillTables(app, FEW_ROWS)],
    [
      'were collected from a few rows, and there are no more',
      async () => {
        await fillTables(app, FEW_ROWS);
        await analyse(app);
      },
    ],
    [
      'were collected from the full tables',
      async () => {
        await fillTables(app, ROWS);
        await analyse(app);
      },
    ],
  ])(
    'Statements are read by unique indexes and in one partition, or by any index where they are not hot, when statistics %s',
    async (_, prepare) => {
      await prepare();
      const watch = await PlanWatch.install(app);
      try {
        await runEveryStatement(app, provider);
        await explainTheRest(app, watch);
      } finally {
        watch.uninstall();
      }
      expect(watch.failures).toEqual([]);
      expect(watch.neverRun().filter((name) => !STATEMENTS_NEVER_RUN.includes(name))).toEqual([]);
      expect(watch.plans.filter(wrongIn)).toEqual([]);
    },
    LIMIT_MILLISECONDS,
  );
});
