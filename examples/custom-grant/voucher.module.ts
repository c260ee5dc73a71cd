import { Module } from '@nestjs/common';
import { VoucherGrant } from './voucher.grant.js';

/** Any module will do: the grant is listed as a provider, and what it injects is there everywhere. */
@Module({ providers: [VoucherGrant] })
export class VoucherModule {}
