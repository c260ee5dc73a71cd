import { Injectable } from '@nestjs/common';
import { PostgresUserStore } from '../../src/users/user/postgres-user-store.js';

/** A UserStore of an application, whose end users leave and come back without a word to any table. */
@Injectable()
export class LeavableUserStore extends PostgresUserStore {
  /** The ids of those who are gone. */
  static readonly gone = new Set<string>();

  override async findById(id: string) {
    return LeavableUserStore.gone.has(id) ? undefined : super.findById(id);
  }
}
