import './typescript-loader.mjs';

/** Jest's global setup: one PostgreSQL server for the run. */
export default async function startDatabase() {
  const { startTestServer } = await import('./test-server.ts');
  await startTestServer();
}
