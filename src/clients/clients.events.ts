interface ClientChanged {
  readonly clientId: string;
}

/** The events of registered clients. */
export interface ClientsEvents {
  /** A client was registered, or its metadata or secrets changed. */
  readonly 'client.changed': ClientChanged;
}

declare module '../common/events/gatehouse-event.js' {
  interface GatehouseEvents extends ClientsEvents {}
}
