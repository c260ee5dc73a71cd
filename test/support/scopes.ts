import { Scopes } from 'gatehouse';
import type { TestApp } from './test-app.js';

/** Declares a scope, or changes the sentence by which it is asked for. */
export async function declareScope(app: TestApp, name: string, description: string): Promise<void> {
  const scopes = app.port(Scopes);
  if (!(await scopes.describe(name, description))) await scopes.create({ name, description });
}
