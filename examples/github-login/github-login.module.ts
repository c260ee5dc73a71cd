import { Controller, Get, Module } from '@nestjs/common';
import { CurrentUser, InjectRemote, type RemoteApi, RequireSignIn, type User } from 'gatehouse';

/** A page for whoever has signed in with GitHub: every route asks for that, since none is `@Public()`. */
@Controller('repositories')
class RepositoriesController {
  constructor(@InjectRemote('github') private readonly github: RemoteApi) {}

  /** The repositories of the end user, asked for with the token that the sign-in gave. */
  @Get()
  @RequireSignIn()
  async list(@CurrentUser() user: User): Promise<object> {
    const repositories = (await (await this.github.get('user/repos')).json()) as { full_name: string }[];
    return { of: user.claims.preferred_username, names: repositories.map(({ full_name: name }) => name) };
  }
}

/** Beside it: `GatehouseModule.forRoot({ login: { apps: [preset('github')] }, signIn: { password: false } })`. */
@Module({ controllers: [RepositoriesController] })
export class GithubLoginModule {}
