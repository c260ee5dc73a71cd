/**
 * Every kind of event with what it tells, by its type. Each wing adds its own in one file beside its feature, by
 * declaration merging; an application may add more by `declare module 'gatehouse'`. An event carries ids and reasons,
 * never a token, a code, a secret, a password or a text that was typed as one.
 */
export interface GatehouseEvents extends Readonly<Record<never, object>> {}

/** The type of an event, for example `token.issued`. */
export type GatehouseEventType = keyof GatehouseEvents;

/** Something that happened, told apart by `type`. */
export type GatehouseEvent<Type extends GatehouseEventType = GatehouseEventType> = {
  readonly [Each in Type]: { readonly type: Each } & GatehouseEvents[Each];
}[Type];
