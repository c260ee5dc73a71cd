import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { type Client, type ClientAuthenticator, ClientAuthMethod, type PresentedCredentials } from 'gatehouse';

interface GatewayStamp extends PresentedCredentials {
  readonly stamp: string;
}

/** Believes a gateway in front, which has authenticated the client: `token_endpoint_auth_method: 'gateway'`. */
@Injectable()
@ClientAuthMethod('gateway')
export class GatewayMethod implements ClientAuthenticator<GatewayStamp> {
  read({ headers }: Request): GatewayStamp | undefined {
    const [clientId, stamp] = String(headers['x-gateway-client'] ?? '').split(' ');
    return clientId && stamp ? { clientId, stamp } : undefined;
  }

  async verify(_client: Client, { stamp }: GatewayStamp): Promise<boolean> {
    const [given, right] = [Buffer.from(stamp), Buffer.from(process.env.GATEWAY_STAMP ?? '')];
    return right.length > 0 && given.length === right.length && timingSafeEqual(given, right);
  }
}
