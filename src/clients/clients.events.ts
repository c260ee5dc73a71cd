interface ClientChanged {
  readonly clientId: string;
}

/** The events of registered clients. */
export interface ClientsEvents {
  /** A client was registered, or its metadata or secrets changed. */
  readonly 'client.changed': ClientChanged;
  /** A client was taken out of use, and its tokens ended. */
  readonly 'client.disabled': ClientChanged;
  /** A disabled client is in use again. */
  readonly 'client.enabled': ClientChanged;
  /** A client was removed for good. */
  readonly 'client.removed': ClientChanged;
  /** A client has a new secret, and its others end. */
  readonly 'client.secret_rotated': ClientChanged;
}

declare module '../common/events/gatehouse-event.js' {
  interface GatehouseEvents extends ClientsEvents {}
}
