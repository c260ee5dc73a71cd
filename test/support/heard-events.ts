import { Injectable, Module, type Type } from '@nestjs/common';
import { type GatehouseEvent, type GatehouseListener, OnGatehouse } from 'gatehouse';

/** A module whose listener writes down every event that a server tells, and what was told since it was last asked. */
export function hearingEvents(): { readonly module: Type; heard(): readonly GatehouseEvent[] } {
  const told: GatehouseEvent[] = [];

  @Injectable()
  @OnGatehouse()
  class Notebook implements GatehouseListener {
    handle(event: GatehouseEvent): void {
      told.push(event);
    }
  }

  @Module({ providers: [Notebook] })
  class NotebookModule {}

  return { module: NotebookModule, heard: () => told.splice(0) };
}
