import { Injectable } from '@nestjs/common';
import { digestOf } from '../../common/crypto/random-token.js';
import { isRowFault } from '../../common/database/database-fault.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { NewAccessToken } from './access-token.repository.js';
import { ACCESS_TOKENS, REFRESH_TOKENS, TOKEN_FAMILIES } from './expiring-tables.js';
import type { TokenFamily, TokenFamilyReference } from './token-family.repository.js';
import { signInToJson } from './token-family.repository.js';

const MAX_ROWS_AN_INSERT = 256;

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

const composed = new Map<string, { readonly spendSql: string | undefined; readonly statement: Statement }>();

/**
 * The statement that spends, begins a family and stores tokens, composed once for each spend. Its parameters are those
 * of the spend, then for a new family the id of its authorization and its row, then the rows of refresh tokens and of
 * access tokens, each as a JSON array. The statement returns a row only where the spend hit one and the authorization
 * of a new family stands. Otherwise no token is stored, though a spend that hit its row stays done. The authorization
 * is locked, so that the end user cannot take it back before the new family is stored. Throws an Error for a spend of
 * another SQL under the name of one that is known.
 */
export function issuingStatement(spend: SpendStatement | undefined, beginsFamily: boolean): Statement {
  const name = `issue-${spend?.name ?? 'freely'}${beginsFamily ? '-with-family' : ''}`;
  const known = composed.get(name);
  if (known !== undefined && known.spendSql === spend?.sql) return known.statement;
  const statement = new Statement(name, issuingText(spend ?? {}, beginsFamily));
  composed.set(name, { spendSql: spend?.sql, statement });
  return statement;
}

function issuingText({ sql, alongside = '' }: Partial<SpendStatement>, beginsFamily: boolean): string {
  const numbers = Array.from(`${sql} ${alongside}`.matchAll(/\$(\d+)/g), ([, number]) => Number(number));
  let parameters = Math.max(0, ...numbers);
  const next = (): `$${number}` => `$${++parameters}`;
  const expressions = [
    sql && `spent AS (${sql})`,
    beginsFamily &&
      `allowed AS (SELECT FROM gatehouse.authorizations WHERE id = ${next()} AND revoked_at IS NULL FOR SHARE)`,
    `passed AS (${passed(sql !== undefined, beginsFamily)})`,
    beginsFamily && `family AS (${TOKEN_FAMILIES.insertRows(next(), 'passed')} ${LENGTHEN})`,
    `refresh_token AS (${REFRESH_TOKENS.insertRows(next(), 'passed')})`,
    `access_token AS (${ACCESS_TOKENS.insertRows(next(), 'passed')})`,
    alongside && `alongside AS (${alongside})`,
  ];
  return `WITH ${expressions.filter(Boolean).join(',\n')}\nSELECT 1 FROM passed`;
}

/** The common table expression `passed`: one row, or none where nothing may be stored. */
function passed(spends: boolean, beginsFamily: boolean): string {
  const conditions = [spends && 'spent', beginsFamily && 'allowed'].filter(Boolean);
  return conditions.length === 0 ? 'SELECT' : `SELECT FROM ${conditions.join(', ')}`;
}

// The statement of a family that begins without a spend: of a password, or of an implicit response.
issuingStatement(undefined, true);

interface Waiting {
  readonly row: AccessTokenRow;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes new tokens, with their family where one begins with them. Each kind of row has one INSERT. */
@Injectable()
export class IssuingRepository {
  #waiting: Waiting[] = [];

  constructor(private readonly sql: PreparedSql) {}

  /**
   * Resolves when the rows are committed. False, and nothing is stored, when the spend hits no row or the end user has
   * taken the authorization of the new family back.
   */
  async store(
    { newFamily, refreshToken, accessToken }: IssuedTokens,
    spend?: SpendStatement,
    spendValues: readonly unknown[] = [],
  ): Promise<boolean> {
    const accessTokens = accessToken ? [accessTokenRow(accessToken)] : [];
    if (spend === undefined && newFamily === undefined && refreshToken === undefined) {
      await Promise.all(accessTokens.map((row) => this.#insertSoon(row)));
      return true;
    }
    const values = [
      ...spendValues,
      ...(newFamily ? [newFamily.authorizationId, TOKEN_FAMILIES.rows([tokenFamilyRow(newFamily)])] : []),
      REFRESH_TOKENS.rows(refreshToken ? [refreshTokenRow(refreshToken)] : []),
      ACCESS_TOKENS.rows(accessTokens),
    ];
    return (await this.sql.count(issuingStatement(spend, newFamily !== undefined), values)) === 1;
  }

  /** Rows that arrive together are written by one INSERT. */
  #insertSoon(row: AccessTokenRow): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#insertWaiting());
      this.#waiting.push({ row, resolve, reject });
      if (this.#waiting.length === MAX_ROWS_AN_INSERT) this.#insertWaiting();
    });
  }

  #insertWaiting(): void {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    void this.#insert(batch);
  }

  /** Where one row is refused, the others are written without it: it is looked for half by half. */
  async #insert(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.sql.count(INSERT_ACCESS_TOKENS, [ACCESS_TOKENS.rows(batch.map(({ row }) => row))]);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length > 1 && isRowFault(error)) {
        const middle = Math.ceil(batch.length / 2);
        await this.#insert(batch.slice(0, middle));
        await this.#insert(batch.slice(middle));
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
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
