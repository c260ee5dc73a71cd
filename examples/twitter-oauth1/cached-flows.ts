import { Injectable } from '@nestjs/common';
import { LoginFlowStore } from 'gatehouse';

/** Temporary credentials in a cache: here a Map of this process; Redis or cache-manager have the same get and set. */
@Injectable()
export class CachedFlows extends LoginFlowStore {
  readonly cache = new Map<string, { readonly text: string; readonly endsAt: number }>();

  async save(key: string, sealed: string, lifetimeSeconds: number): Promise<void> {
    this.cache.set(key, { text: sealed, endsAt: Date.now() + lifetimeSeconds * 1000 });
  }

  async fetch(key: string): Promise<string | undefined> {
    const found = this.cache.get(key);
    return found !== undefined && found.endsAt > Date.now() ? found.text : undefined;
  }
}
