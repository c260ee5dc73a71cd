import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { SealedColumn, SealedRows } from '../../common/database/sealed-column.js';
import { Statement } from '../../common/database/statement.js';
import { parseRemoteTokens, type RemoteTokens } from './remote-tokens.js';
import { type RemoteSubject, TokenVault } from './token-vault.js';

const KEEP = new Statement(
  'linked-account-keep-tokens',
  'UPDATE gatehouse.linked_accounts SET sealed_tokens = $3 WHERE remote_issuer = $1 AND remote_subject = $2',
);

const FIND = new Statement(
  'linked-account-find-tokens',
  'SELECT sealed_tokens FROM gatehouse.linked_accounts WHERE remote_issuer = $1 AND remote_subject = $2',
);

const REPLACE = new Statement(
  'linked-account-replace-tokens',
  `UPDATE gatehouse.linked_accounts SET sealed_tokens = $4
   WHERE remote_issuer = $1 AND remote_subject = $2 AND sealed_tokens = $3`,
);

const REMOVE = new Statement(
  'linked-account-remove-tokens',
  'UPDATE gatehouse.linked_accounts SET sealed_tokens = NULL WHERE remote_issuer = $1 AND remote_subject = $2',
);

const SEALED_TOKENS = new SealedColumn({
  table: 'linked_accounts',
  column: 'sealed_tokens',
  key: ['remote_issuer', 'remote_subject'],
  contextOf: ([issuer = '', subject = '']) => contextOf({ issuer, subject }),
});

/**
 * Keeps tokens in the rows of `linked_accounts`, sealed by the key ring. The identity of the row is additional data, so
 * that tokens copied into another row cannot be opened there.
 */
@Injectable()
@SealedRows(SEALED_TOKENS)
export class PostgresTokenVault extends TokenVault {
  constructor(
    private readonly sql: PreparedSql,
    private readonly keys: KeyRing,
  ) {
    super();
  }

  async keep(owner: RemoteSubject, tokens: RemoteTokens): Promise<void> {
    const sealed = this.keys.seal(JSON.stringify(tokens), contextOf(owner));
    await this.sql.count(KEEP, [owner.issuer, owner.subject, sealed]);
  }

  async find(owner: RemoteSubject): Promise<RemoteTokens | undefined> {
    const row = await this.sql.row<{ sealed_tokens: Buffer | null }>(FIND, [owner.issuer, owner.subject]);
    const opened = row?.sealed_tokens && this.keys.open(row.sealed_tokens, contextOf(owner));
    return opened ? parseRemoteTokens(opened.toString()) : undefined;
  }

  override async replace(owner: RemoteSubject, sent: RemoteTokens, fresh: RemoteTokens): Promise<void> {
    const { issuer, subject } = owner;
    for (;;) {
      const row = await this.sql.row<{ sealed_tokens: Buffer | null }>(FIND, [issuer, subject]);
      const opened = row?.sealed_tokens && this.keys.open(row.sealed_tokens, contextOf(owner));
      if (!opened || parseRemoteTokens(opened.toString()).refreshToken !== sent.refreshToken) return;
      const sealed = this.keys.seal(JSON.stringify(fresh), contextOf(owner));
      // Where the row was only sealed anew meanwhile, it is looked at once more.
      if ((await this.sql.count(REPLACE, [issuer, subject, row.sealed_tokens, sealed])) === 1) return;
    }
  }

  async remove(owner: RemoteSubject): Promise<void> {
    await this.sql.count(REMOVE, [owner.issuer, owner.subject]);
  }
}

function contextOf({ issuer, subject }: RemoteSubject): string {
  return `linked account:${JSON.stringify([issuer, subject])}`;
}
