/** Jest's global teardown, in the same process as the setup, so that it meets the same module. */
export default async function stopDatabase() {
  const { stopTestServer } = await import('./test-server.ts');
  await stopTestServer();
}
