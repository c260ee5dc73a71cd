import { Injectable } from '@nestjs/common';
import { digestOf } from '../../common/crypto/random-token.js';
import { Batch } from '../../common/database/batch.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { NewAccessToken } from './access-token.repository.js';
import { ACCESS_TOKENS, REFRESH_TOKENS, TOKEN_FAMILIES } from './expiring-tables.js';
import type { TokenFamily, TokenFamilyReference } from './token-family.repository.js';
import { signInToJson } from './token-family.repository.js';

/** Tokens that are made and not yet stored. Nobody may have them before their rows are committed. */
export interface IssuedTokens {
  /** A family that begins with these tokens; left out where the tokens join one that is stored, or have none. */
  readonly newFamily?: TokenFamily | undefined;
  readonly refreshToken?:
    | { readonly text: string; readonly family: TokenFamilyReference; readonly expiresAt: Date }
    | undefined;
  /** The access token; left out for a format that is not stored. */
  readonly accessToken?: { readonly text: string; readonly content: NewAccessToken } | undefined;
}

/** A statement that spends what the tokens are issued for. */
export interface SpendStatement {
  /** Unique among the spends of the process. */
  readonly name: string;
  /** An UPDATE, INSERT or DELETE of one row, with RETURNING, whose parameters are `$1`, `$2` and so on. */
  readonly sql: string;
  /** A further INSERT that reads from `passed`, which has one row where the tokens are stored, with parameters of the same row. */
  readonly alongside?: string;
}

/** Inserts opaque access tokens alone, any number in one parameter. */
const INSERT_ACCESS_TOKENS = new Statement('access-tokens-insert', ACCESS_TOKENS.insertRows('$1'));

/**
 * Lets a family that another part of the same authorization response has begun live as long as the longest token in it.
 */
const LENGTHEN = `ON CONFLICT (period, id) DO UPDATE SET expires_at = GREATEST(stored.expires_at, excluded.expires_at),
  access_token_seconds = GREATEST(stored.access_token_seconds, excluded.access_token_seconds),
  has_unstored_tokens = stored.has_unstored_tokens OR excluded.has_unstored_tokens`;

/** The rows that a statement writes besides the spend. */
interface IssuedParts {
  readonly family: boolean;
  readonly refresh: boolean;
  readonly access: boolean;
}

const composed = new Map<string, { readonly spendSql: string | undefined; readonly statement: Statement }>();

/**
 * The statement that spends, begins a family and stores tokens, composed once for each spend and what it gives. Its
 * parameters are those of the spend, then for a new family the id of its authorization and its row, then the rows of the
 * refresh token and of the access token. The statement returns a row only where the spend hit one and the authorization
 * of a new family stands. Otherwise no token is stored, though a spend that hit its row stays done. The authorization
 * is locked, so that the end user cannot take it back before the new family is stored. Throws an Error for a spend of
 * another SQL under the name of one that is known.
 */
function issuingStatement(spend: SpendStatement | undefined, parts: IssuedParts): Statement {
  const given = Object.entries(parts).flatMap(([part, isGiven]) => (isGiven ? part : []));
  const name = ['issue', spend?.name ?? 'freely', ...given].join('-');
  const known = composed.get(name);
  if (known !== undefined && known.spendSql === spend?.sql) return known.statement;
  const statement = new Statement(name, issuingText(spend ?? {}, parts));
  composed.set(name, { spendSql: spend?.sql, statement });
  return statement;
}

/** Composes the statements of a spend ahead, so that the checks of all statements see them. */
export function composeAhead(spend: SpendStatement | undefined, family: boolean): void {
  for (const refresh of [false, true])
    for (const access of [false, true]) issuingStatement(spend, { family, refresh, access });
}

function issuingText({ sql, alongside = '' }: Partial<SpendStatement>, parts: IssuedParts): string {
  const numbers = Array.from(`${sql} ${alongside}`.matchAll(/\$(\d+)/g), ([, number]) => Number(number));
  let parameters = Math.max(0, ...numbers);
  const next = (): `$${number}` => `$${++parameters}`;
  const expressions = [
    sql && `spent AS (${sql})`,
    parts.family &&
      `allowed AS (SELECT FROM gatehouse.authorizations WHERE id = ${next()} AND revoked_at IS NULL FOR SHARE)`,
    `passed AS (${passed(sql !== undefined, parts.family)})`,
    parts.family && `family AS (${TOKEN_FAMILIES.insertRow(next, 'passed')} ${LENGTHEN})`,
    parts.refresh && `refresh_token AS (${REFRESH_TOKENS.insertRow(next, 'passed')})`,
    parts.access && `access_token AS (${ACCESS_TOKENS.insertRow(next, 'passed')})`,
    alongside && `alongside AS (${alongside})`,
  ];
  return `WITH ${expressions.filter(Boolean).join(',\n')}\nSELECT 1 FROM passed`;
}

/** The common table expression `passed`: one row, or none where nothing may be stored. */
function passed(spends: boolean, beginsFamily: boolean): string {
  const conditions = [spends && 'spent', beginsFamily && 'allowed'].filter(Boolean);
  return conditions.length === 0 ? 'SELECT' : `SELECT FROM ${conditions.join(', ')}`;
}

// The statements of a family that begins without a spend: of a password, or of an implicit response.
composeAhead(undefined, true);

/** Writes new tokens, with their family where one begins with them. Each kind of row has one INSERT. */
@Injectable()
export class IssuingRepository {
  readonly #accessTokens: Batch<AccessTokenRow, undefined>;

  constructor(private readonly sql: PreparedSql) {
    this.#accessTokens = new Batch<AccessTokenRow, undefined>(async (rows) => {
      await this.sql.count(INSERT_ACCESS_TOKENS, [ACCESS_TOKENS.rows(rows)]);
      return [];
    });
  }

  /**
   * Resolves when the rows are committed. False, and nothing is stored, when the spend hits no row or the end user has
   * taken the authorization of the new family back.
   */
  async store(
    { newFamily, refreshToken, accessToken }: IssuedTokens,
    spend?: SpendStatement,
    spendValues: readonly unknown[] = [],
  ): Promise<boolean> {
    if (spend === undefined && newFamily === undefined && refreshToken === undefined) {
      if (accessToken !== undefined) await this.#accessTokens.add(accessTokenRow(accessToken));
      return true;
    }
    const parts = { family: !!newFamily, refresh: !!refreshToken, access: !!accessToken };
    const values = [
      ...spendValues,
      ...(newFamily ? [newFamily.authorizationId, ...TOKEN_FAMILIES.values(tokenFamilyRow(newFamily))] : []),
      ...(refreshToken ? REFRESH_TOKENS.values(refreshTokenRow(refreshToken)) : []),
      ...(accessToken ? ACCESS_TOKENS.values(accessTokenRow(accessToken)) : []),
    ];
    return (await this.sql.count(issuingStatement(spend, parts), values)) === 1;
  }
}

type AccessTokenRow = ReturnType<typeof accessTokenRow>;

function tokenFamilyRow(family: TokenFamily) {
  return { ...family, signIn: signInToJson(family.signIn) };
}

function refreshTokenRow({ text, family, expiresAt }: NonNullable<IssuedTokens['refreshToken']>) {
  return {
    period: REFRESH_TOKENS.periodOf(expiresAt),
    digest: digestOf(text),
    familyPeriod: family.period,
    familyId: family.id,
    expiresAt,
  };
}

function accessTokenRow({ text, content: token }: NonNullable<IssuedTokens['accessToken']>) {
  return {
    period: ACCESS_TOKENS.periodOf(token.expiresAt),
    digest: digestOf(text),
    tokenId: token.tokenId,
    familyPeriod: token.family?.period,
    familyId: token.family?.id,
    clientId: token.clientId,
    subject: token.subject,
    scopes: token.scopes,
    audience: token.audience,
    confirmation: token.confirmation,
    claims: token.claims,
    issuedAt: token.issuedAt,
    expiresAt: token.expiresAt,
  };
}
