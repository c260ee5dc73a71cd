import { Injectable } from '@nestjs/common';
import { type DescribedAccess, TokenClaims, UserStore } from 'gatehouse';

/** Tells APIs the roles of an end user, by a claim of access tokens, and partner apps their department, by id_tokens. */
@Injectable()
@TokenClaims()
export class StaffTokenClaims implements TokenClaims {
  constructor(private readonly users: UserStore) {}

  async accessTokenClaims({ subject, signIn }: DescribedAccess) {
    if (signIn === undefined) return {};
    const user = await this.users.findById(subject);
    return { roles: user?.email?.endsWith('@staff.example') ? ['staff'] : [] };
  }

  idTokenClaims({ granted }: DescribedAccess) {
    return granted.scopes.includes('profile') ? { department: 'reading room' } : {};
  }
}
