import { Injectable } from '@nestjs/common';
import {
  Clock,
  type Grant,
  GrantType,
  InvalidGrantError,
  type Refresh,
  RefreshTokenGrant,
  type TokenRequest,
} from 'gatehouse';

const WORKING_DAY_HOURS = 12;

/** The built-in refresh grant with one more rule: after a working day the end user signs in again. */
@Injectable()
@GrantType('refresh_token', { replace: true })
export class WorkingDayRefreshGrant implements Grant<Refresh> {
  constructor(
    private readonly builtIn: RefreshTokenGrant,
    private readonly clock: Clock,
  ) {}

  async validate(request: TokenRequest): Promise<Refresh> {
    const refresh = await this.builtIn.validate(request);
    const { spent, family } = refresh.stored;
    const hours = (this.clock.now().getTime() - family.signIn.authTime.getTime()) / 3_600_000;
    if (spent === undefined && hours > WORKING_DAY_HOURS)
      throw new InvalidGrantError({ description: 'The working day is over; sign in again' });
    return refresh;
  }

  issue(refresh: Refresh) {
    return this.builtIn.issue(refresh);
  }
}
