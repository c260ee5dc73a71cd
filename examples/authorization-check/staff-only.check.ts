import { Injectable } from '@nestjs/common';
import { AccessDeniedError, AuthorizationCheck, type AuthorizationRequest, UserStore } from 'gatehouse';

/** Lets staff alone into a client of the team's, and gives partner apps no e-mail address of anybody. */
@Injectable()
@AuthorizationCheck()
export class StaffOnlyCheck implements AuthorizationCheck {
  constructor(private readonly users: UserStore) {}

  async check({ client, endUser, granted }: AuthorizationRequest) {
    const user = await this.users.findById(endUser.subject);
    const isStaff = user?.email?.endsWith('@staff.example') ?? false;
    if (client.id === 'payroll' && !isStaff) throw new AccessDeniedError({ description: 'Payroll is for staff' });
    return client.metadata.first_party ? undefined : { scopes: granted.scopes.filter((scope) => scope !== 'email') };
  }
}
