import { Statement } from '../../common/database/statement.js';
import { ACCESS_TOKENS, REFRESH_TOKENS, TOKEN_FAMILIES } from './expiring-tables.js';

/** A statement that spends what the tokens are issued for. */
export interface SpendStatement {
  /** Unique among the spends of the process. */
  readonly name: string;
  /** An UPDATE, INSERT or DELETE of one row, with RETURNING, whose parameters are `$1`, `$2` and so on. */
  readonly sql: string;
}

/** Inserts opaque access tokens alone, any number in one parameter. */
export const INSERT_ACCESS_TOKENS = new Statement('access-tokens-insert', ACCESS_TOKENS.insertRows('$1'));

const composed = new Map<string, { readonly spendSql: string | undefined; readonly statement: Statement }>();

/**
 * The statement that spends, begins a family and stores tokens, composed once for each spend. Its parameters are those
 * of the spend, then for a new family the id of its authorization and its row, then the rows of refresh tokens and of
 * access tokens, each as a JSON array. It returns a row only where the spend hit one and the authorization of a new
 * family stands; otherwise it stores no token, though a spend that hit its row stands. The authorization is locked, so that it cannot be taken back between the
 * look at it and the new family. Throws an Error for a spend of another SQL under the name of one that is known.
 */
export function issuingStatement(spend: SpendStatement | undefined, beginsFamily: boolean): Statement {
  const name = `issue-${spend?.name ?? 'freely'}${beginsFamily ? '-with-family' : ''}`;
  const known = composed.get(name);
  if (known !== undefined && known.spendSql === spend?.sql) return known.statement;
  const statement = new Statement(name, issuingText(spend?.sql, beginsFamily));
  composed.set(name, { spendSql: spend?.sql, statement });
  return statement;
}

function issuingText(spendSql: string | undefined, beginsFamily: boolean): string {
  const numbers = Array.from(spendSql?.matchAll(/\$(\d+)/g) ?? [], ([, number]) => Number(number));
  let parameters = Math.max(0, ...numbers);
  const next = (): `$${number}` => `$${++parameters}`;
  const expressions = [
    spendSql && `spent AS (${spendSql})`,
    beginsFamily &&
      `allowed AS (SELECT FROM gatehouse.authorizations WHERE id = ${next()} AND revoked_at IS NULL FOR SHARE)`,
    `passed AS (${passed(spendSql !== undefined, beginsFamily)})`,
    // A family that another part of the same authorization response has begun stays as it is.
    beginsFamily && `family AS (${TOKEN_FAMILIES.insertRows(next(), 'passed')} ON CONFLICT DO NOTHING)`,
    `refresh_token AS (${REFRESH_TOKENS.insertRows(next(), 'passed')})`,
    `access_token AS (${ACCESS_TOKENS.insertRows(next(), 'passed')})`,
  ];
  return `WITH ${expressions.filter(Boolean).join(',\n')}\nSELECT 1 FROM passed`;
}

/** One row, or none where nothing may be stored. */
function passed(spends: boolean, beginsFamily: boolean): string {
  const conditions = [spends && 'spent', beginsFamily && 'allowed'].filter(Boolean);
  return conditions.length === 0 ? 'SELECT' : `SELECT FROM ${conditions.join(', ')}`;
}
