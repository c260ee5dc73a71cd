import { Controller, Get, Module } from '@nestjs/common';
import { CurrentUser, InjectRemote, type RemoteApi, type User } from 'gatehouse';

/** Shows what the provider's API says now, called with the stored tokens, which are refreshed where need be. */
@Controller('profile')
class ProviderProfileController {
  constructor(@InjectRemote('corp') private readonly corp: RemoteApi) {}

  @Get()
  async show(@CurrentUser() user: User): Promise<object> {
    return (await this.corp.as(user.id).get('me')).json() as Promise<object>;
  }
}

@Module({ controllers: [ProviderProfileController] })
export class ProviderProfileModule {}
