import { Controller, Get, Module, Req, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { PassportLoginModule, Public, type RemoteIdentity } from 'gatehouse';

/** A guard with a callback of its own, for a team whose provider knows that address already. */
class GithubElsewhere extends AuthGuard('github') {
  override getAuthenticateOptions() {
    return { callbackURL: '/team/return' };
  }
}

/** A controller as teams have it that know passport: the end user's identity at GitHub is `request.user`. */
@Public()
@Controller('team')
class TeamController {
  /** GitHub sends the browser back to this very address. */
  @Get('me')
  @UseGuards(AuthGuard('github'))
  me(@Req() { user }: { user: RemoteIdentity }) {
    return { subject: user.subject, name: user.claims.name, email: user.verifiedEmail, scope: user.tokens.scope };
  }

  @Get('leave')
  @UseGuards(GithubElsewhere)
  leave() {}

  @Get('return')
  @UseGuards(AuthGuard('github'))
  back(@Req() { user }: { user: RemoteIdentity }) {
    return { back: user.subject };
  }
}

@Module({ imports: [PassportLoginModule], controllers: [TeamController] })
export class TeamModule {}
