import { Module } from '@nestjs/common';
import { TokenModule } from 'gatehouse';
import { VoucherGrant } from './voucher.grant.js';

/** Any module will do: list the grant as a provider, and import what it needs. */
@Module({ imports: [TokenModule], providers: [VoucherGrant] })
export class VoucherModule {}
