interface ScopeChanged {
  readonly name: string;
}

/** The events of scopes. */
export interface ScopesEvents {
  /** A scope was declared, or has another sentence. */
  readonly 'scope.changed': ScopeChanged;
  /** A scope was removed. */
  readonly 'scope.removed': ScopeChanged;
}

declare module '../common/events/gatehouse-event.js' {
  interface GatehouseEvents extends ScopesEvents {}
}
