import { ScopeRegistry } from '../../src/scopes/scope-registry.js';
import type { TestApp } from './test-app.js';

/** Declares a scope, or changes the sentence by which it is asked for. */
export async function declareScope(app: TestApp, name: string, description: string): Promise<void> {
  await app.port(ScopeRegistry).save([{ name, description }]);
}
