import { Controller, Get, Module, Req, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { ACCESS_TOKEN_STRATEGY, PassportGuardModule, Public, type VerifiedAccessToken } from 'gatehouse';

/** A controller as teams have it that know passport; `@Public()` tells the session guard that another guard is at work. */
@Public()
@Controller('orders')
@UseGuards(AuthGuard(ACCESS_TOKEN_STRATEGY))
class OrdersController {
  @Get()
  list(@Req() { user }: { user: VerifiedAccessToken }) {
    return { for: user.clientId, scopes: user.scopes };
  }
}

@Module({ imports: [PassportGuardModule], controllers: [OrdersController] })
export class OrdersModule {}
