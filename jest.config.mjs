/**
 * Unit specs beside their files, whole-server tests on PostgreSQL under test/, and of those apart: the rules of the house
 * (test/architecture), the flows in a real browser (test/browser), the plans of statements on full tables (test/plans),
 * and what needs the programs of Debian's packages
 * postgresql, pgbouncer and haproxy (test/debian).
 */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^gatehouse$': '<rootDir>/src/index.ts',
    '^gatehouse/testing$': '<rootDir>/src/testing/testing.ts',
  },
  transform: { '^.+\\.tsx?$': ['@swc/jest', { module: { type: 'es6' } }] },
};

const onDatabase = {
  globalSetup: '<rootDir>/test/support/start-database.mjs',
  globalTeardown: '<rootDir>/test/support/stop-database.mjs',
};

export default {
  testTimeout: 30_000,
  maxWorkers: 2,
  projects: [
    { ...shared, displayName: 'unit', roots: ['<rootDir>/src'], testRegex: '\\.spec\\.tsx?$' },
    {
      ...shared,
      ...onDatabase,
      displayName: 'server',
      roots: ['<rootDir>/test'],
      testRegex: '\\.spec\\.tsx?$',
      testPathIgnorePatterns: ['architecture', 'browser', 'debian', 'plans'].map(
        (folder) => `<rootDir>/test/${folder}/`,
      ),
    },
    {
      ...shared,
      displayName: 'architecture',
      roots: ['<rootDir>/test'],
      testRegex: '/test/architecture/.*\\.spec\\.tsx?$',
    },
    {
      ...shared,
      ...onDatabase,
      displayName: 'browser',
      roots: ['<rootDir>/test'],
      testRegex: '/test/browser/.*\\.spec\\.tsx?$',
    },
    {
      ...shared,
      ...onDatabase,
      displayName: 'plans',
      roots: ['<rootDir>/test'],
      testRegex: '/test/plans/.*\\.spec\\.tsx?$',
    },
    {
      ...shared,
      displayName: 'debian',
      roots: ['<rootDir>/test'],
      testRegex: '/test/debian/.*\\.spec\\.tsx?$',
    },
  ],
};
