/** Two projects: unit specs beside their files, and whole-server tests on PostgreSQL under test/. */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.tsx?$': ['@swc/jest', { module: { type: 'es6' } }] },
};

export default {
  testTimeout: 30_000,
  maxWorkers: 2,
  projects: [
    { ...shared, displayName: 'unit', roots: ['<rootDir>/src'], testRegex: '\\.spec\\.tsx?$' },
    {
      ...shared,
      displayName: 'server',
      roots: ['<rootDir>/test'],
      testRegex: '\\.spec\\.tsx?$',
      testPathIgnorePatterns: ['<rootDir>/test/architecture/', '<rootDir>/test/browser/'],
      globalSetup: '<rootDir>/test/support/start-database.ts',
      globalTeardown: '<rootDir>/test/support/stop-database.ts',
    },
    { ...shared, displayName: 'architecture', roots: ['<rootDir>/test/architecture'], testRegex: '\\.spec\\.tsx?$' },
    { ...shared, displayName: 'browser', roots: ['<rootDir>/test/browser'], testRegex: '\\.spec\\.tsx?$' },
  ],
};
