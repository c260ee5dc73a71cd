import { Controller, Get } from '@nestjs/common';
import { CurrentUser, Public, RequireSignIn, type User } from 'gatehouse';

/** Routes without a decorator are for end users who are signed in at their browser. */
@Controller('desk')
export class DeskController {
  @Get()
  @RequireSignIn()
  mine(@CurrentUser() user: User) {
    return { yours: user.email };
  }

  @Get('hours')
  @Public()
  hours(@CurrentUser() user: User | undefined) {
    return { open: '9 to 5', greeting: user ? `Hello ${user.email}` : 'Hello' };
  }
}
