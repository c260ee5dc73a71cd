import { DiscoveryService, REQUEST } from '@nestjs/core';
import { TestApp } from '../support/test-app.js';

describe('The whole server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('The whole server makes no provider and no controller of ours anew for each request', () => {
    const discovery = app.nest.get(DiscoveryService, { strict: false });
    const all = [...discovery.getProviders(), ...discovery.getControllers()];
    expect(all.length).toBeGreaterThan(100);
    // Nest's own provider of the request stands in every application.
    const perRequest = all.filter((wrapper) => !wrapper.isDependencyTreeStatic()).map(({ name }) => name);
    expect(perRequest).toEqual([REQUEST]);
  });
});
