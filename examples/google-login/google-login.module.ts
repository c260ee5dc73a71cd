import { Controller, Get, Module } from '@nestjs/common';
import { CurrentUser, RequireLinked, type User } from 'gatehouse';

/** Shows the user info that Google gave at the sign-in, as it is stored; nobody is asked again. */
@Controller('me')
class MeController {
  @Get()
  @RequireLinked('google')
  show(@CurrentUser() user: User): object {
    return { email: user.email, emailVerified: user.emailVerified, ...user.claims };
  }
}

/** Beside it: `GatehouseModule.forRoot({ login: { apps: [preset('google')] } })`. */
@Module({ controllers: [MeController] })
export class GoogleLoginModule {}
