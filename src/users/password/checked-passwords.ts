import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { type RowOf, Table } from '../../common/database/table.js';
import { CheckedPasswordEntity } from './checked-password.entity.js';

const PURPOSE = 'checked password';
const CHECKED = new Table(CheckedPasswordEntity);
const FOUND = CHECKED.columns('subject', 'proof');

const FIND = new Statement(
  'checked-password-find',
  `SELECT ${FOUND} FROM gatehouse.checked_passwords WHERE subject = ANY($1::text[])`,
);

const KEEP = new Statement(
  'checked-password-keep',
  `${CHECKED.insertRows('$1')} ON CONFLICT (subject) DO UPDATE SET proof = excluded.proof`,
);

/** A password that is behind the hash of the end user of this subject. */
export interface CheckedPassword {
  readonly subject: string;
  readonly password: string;
  readonly passwordHash: string;
}

/**
 * Remembers which password was found to be behind which hash, because finding out is slow on purpose. A row says
 * nothing without the key ring, and is worth nothing once the hash is another one.
 */
@Injectable()
export class CheckedPasswords {
  constructor(
    private readonly sql: PreparedSql,
    private readonly keys: KeyRing,
  ) {}

  /** The subjects among these whose password is known to be right, by one statement. */
  async find(passwords: readonly CheckedPassword[]): Promise<ReadonlySet<string>> {
    if (passwords.length === 0) return new Set();
    const rows = await this.sql.rows<RowOf<typeof FOUND>>(FIND, [passwords.map(({ subject }) => subject)]);
    const proofs = new Map(rows.map(({ subject, proof }) => [subject, proof]));
    const known = passwords.filter((each) => {
      return this.keys.hasSigned(textOf(each), PURPOSE, proofs.get(each.subject) ?? '');
    });
    return new Set(known.map(({ subject }) => subject));
  }

  /** Remembers any number of passwords, by one statement. */
  async keep(passwords: readonly CheckedPassword[]): Promise<void> {
    if (passwords.length === 0) return;
    const rows = passwords.map((each) => ({ subject: each.subject, proof: this.keys.sign(textOf(each), PURPOSE) }));
    await this.sql.count(KEEP, [CHECKED.rows(rows)]);
  }
}

function textOf({ subject, password, passwordHash }: CheckedPassword): string {
  return JSON.stringify([subject, password, passwordHash]);
}
