import { Injectable } from '@nestjs/common';
import { digestOf } from '../../common/crypto/random-token.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { signInToJson } from '../../users/session/sign-in.js';
import type { NewAccessToken } from './access-token.repository.js';
import { ACCESS_TOKENS, REFRESH_TOKENS, TOKEN_FAMILIES } from './expiring-tables.js';
import { INSERT_ACCESS_TOKENS, issuingStatement, type SpendStatement } from './issuing.statement.js';
import type { TokenFamily, TokenFamilyReference } from './token-family.js';

const MAX_ROWS_AN_INSERT = 256;

/** Tokens that are made and not yet stored: nobody may have them before their rows are committed. */
export interface IssuedTokens {
  /** A family that begins with these tokens; left out where the tokens join one that is stored, or have none. */
  readonly newFamily?: TokenFamily | undefined;
  readonly refreshToken?:
    | { readonly text: string; readonly family: TokenFamilyReference; readonly expiresAt: Date }
    | undefined;
  /** Left out for a format that is not stored. */
  readonly accessToken?: (NewAccessToken & { readonly text: string }) | undefined;
}

// The statement of a family that begins without a spend: of a password, or of an implicit response.
issuingStatement(undefined, true);

interface Waiting {
  readonly row: AccessTokenRow;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Writes new tokens, with their family where it begins with them, each kind by the one INSERT that there is for it. */
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
    this.sql.count(INSERT_ACCESS_TOKENS, [ACCESS_TOKENS.rows(batch.map(({ row }) => row))]).then(
      () => batch.forEach(({ resolve }) => void resolve()),
      (error) => batch.forEach(({ reject }) => void reject(error)),
    );
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

function accessTokenRow(token: NonNullable<IssuedTokens['accessToken']>) {
  return {
    period: ACCESS_TOKENS.periodOf(token.expiresAt),
    digest: digestOf(token.text),
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
