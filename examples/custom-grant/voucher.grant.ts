import { Injectable } from '@nestjs/common';
import {
  type Grant,
  GrantType,
  InvalidGrantError,
  TokenIssuer,
  type TokenOrder,
  type TokenRequest,
  type TokenResponse,
} from 'gatehouse';

/** What each voucher is good for; yours are in a table. */
const VOUCHERS = new Map([['SUMMER-2026', ['reports:read']]]);

/** A client that presents a voucher gets what is written on it. */
@Injectable()
@GrantType('urn:example:voucher')
export class VoucherGrant implements Grant<TokenOrder> {
  constructor(private readonly issuer: TokenIssuer) {}

  validate({ client, grantType, parameters }: TokenRequest): TokenOrder {
    const scopes = VOUCHERS.get(parameters.required('voucher'));
    if (scopes === undefined) throw new InvalidGrantError({ description: 'There is no such voucher' });
    return { client, grantType, granted: { scopes } };
  }

  issue(order: TokenOrder): Promise<TokenResponse> {
    return this.issuer.issue(order);
  }
}
