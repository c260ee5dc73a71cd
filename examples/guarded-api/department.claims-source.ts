import { Injectable } from '@nestjs/common';
import { ClaimsSource, type User } from 'gatehouse';

/** What userinfo says beyond the standard claims; yours asks a directory. */
@Injectable()
@ClaimsSource()
export class DepartmentClaimsSource implements ClaimsSource {
  async claims(user: User, scopes: readonly string[]) {
    return scopes.includes('profile') ? { department: `of ${user.email}` } : {};
  }
}
