import { Controller, Get, Module } from '@nestjs/common';
import { InjectRemote, type RemoteApi } from 'gatehouse';

/** Shows what the provider's API says now, called with the stored tokens of whoever asks, which are refreshed where need be. */
@Controller('profile')
class ProviderProfileController {
  constructor(@InjectRemote('corp') private readonly corp: RemoteApi) {}

  @Get()
  async show(): Promise<object> {
    const answer = await this.corp.get('me');
    return answer.json().catch(() => ({ problem: `The provider answered ${answer.status}, and no JSON` }));
  }
}

@Module({ controllers: [ProviderProfileController] })
export class ProviderProfileModule {}
