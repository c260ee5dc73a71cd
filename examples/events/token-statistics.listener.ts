import { Injectable } from '@nestjs/common';
import { type GatehouseEvent, type GatehouseListener, OnGatehouse } from 'gatehouse';

/** Counts the tokens that each client was issued, and every one of their refreshes that was a reuse. */
@Injectable()
@OnGatehouse('token.issued', 'refresh_token.reused')
export class TokenStatistics implements GatehouseListener<'token.issued' | 'refresh_token.reused'> {
  readonly issued = new Map<string, number>();
  readonly reused: string[] = [];

  handle(event: GatehouseEvent<'token.issued' | 'refresh_token.reused'>): void {
    if (event.type === 'refresh_token.reused') this.reused.push(event.clientId);
    else this.issued.set(event.clientId, (this.issued.get(event.clientId) ?? 0) + 1);
  }
}
