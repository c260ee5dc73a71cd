import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { PreparedSql } from '../../../common/database/prepared-sql.js';
import { Statement } from '../../../common/database/statement.js';
import { Table } from '../../../common/database/table.js';
import { backOffMilliseconds } from '../../../common/time/back-off.js';
import { Clock } from '../../../common/time/clock.js';
import { secondsAfter } from '../../../common/time/instant.js';
import { LoginFlowEntity } from './login-flow.entity.js';

/** Longer than a flow may take, so that no flow is answered twice. */
const KEPT_SECONDS = 1200;
/** For how long the very same answer may come again, after which whoever has copied it has nothing from it. */
export const REPEATED_WITHIN_SECONDS = 30;
/** For how long a repeated answer waits for the first: longer than the calls behind one may take. */
const PATIENCE_MILLISECONDS = 12_000;

const LOGIN_FLOWS = new Table(LoginFlowEntity);

const CLAIM = new Statement(
  'login-flow-claim-answer',
  `WITH over AS (DELETE FROM gatehouse.login_flows WHERE expires_at <= $2)
   ${LOGIN_FLOWS.insertRows('$1')} ON CONFLICT (key) DO NOTHING`,
);

const FIND = new Statement('login-flow-find-answer', 'SELECT sealed FROM gatehouse.login_flows WHERE key = $1');

const SETTLE = new Statement('login-flow-settle-answer', 'UPDATE gatehouse.login_flows SET sealed = $2 WHERE key = $1');

/** Where the browser was sent, with the cookies that it was given. */
export interface GivenAnswer {
  readonly location: string;
  readonly cookies: readonly string[];
}

interface Claim {
  /** A digest of the parameters of the provider's answer. */
  readonly parameters: string;
  /** Undefined while the sign-in is still being finished. */
  readonly outcome?: GivenAnswer | 'no redirect';
  /** Until when the outcome is given again. */
  readonly untilMilliseconds?: number;
}

/**
 * Sees to it that an answer of a provider is used once, on whichever node it comes in: browsers send one twice after a
 * double click, a reload or a connection that broke off. The very same answer again, from the same browser, is given what
 * the first was given, also where the first is still under way; any other is refused.
 */
@Injectable()
export class AnsweredCallbacks {
  constructor(
    private readonly sql: PreparedSql,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /**
   * Claims the flow of this key for an answer. `ours` for the first; what the first was given for the very same answer
   * again; `refused` for another, or where the first was given no redirect.
   */
  async claim(key: string, parameters: string): Promise<'ours' | 'refused' | GivenAnswer> {
    const now = this.clock.now();
    const row = { key, sealed: this.#sealed(key, { parameters }), expiresAt: secondsAfter(now, KEPT_SECONDS) };
    if ((await this.sql.count(CLAIM, [LOGIN_FLOWS.rows([row]), now])) === 1) return 'ours';
    const deadline = performance.now() + PATIENCE_MILLISECONDS;
    for (let looks = 1; performance.now() < deadline; looks += 1) {
      const found = await this.sql.row<{ sealed: string }>(FIND, [key]);
      const claim = found && this.keys.openJson<Claim>(found.sealed, contextOf(key));
      if (claim === undefined || claim.parameters !== parameters || claim.outcome === 'no redirect') return 'refused';
      const { outcome, untilMilliseconds = 0 } = claim;
      if (outcome !== undefined) return this.clock.now().getTime() <= untilMilliseconds ? outcome : 'refused';
      await delay(backOffMilliseconds(Math.min(looks, 4), 50, 400));
    }
    return 'refused';
  }

  /** Keeps what the browser is given for an answer, to be given again. */
  async settle(key: string, parameters: string, outcome: GivenAnswer | 'no redirect'): Promise<void> {
    const untilMilliseconds = this.clock.now().getTime() + REPEATED_WITHIN_SECONDS * 1000;
    await this.sql.count(SETTLE, [key, this.#sealed(key, { parameters, outcome, untilMilliseconds })]);
  }

  /** Redirects the browser, and keeps where to, with the cookies of the response. */
  async redirect(response: Response, key: string, parameters: string, location: string): Promise<void> {
    const cookies = [response.getHeader('set-cookie') ?? []].flat().map(String);
    await this.settle(key, parameters, { location, cookies });
    response.redirect(303, location);
  }

  #sealed(key: string, claim: Claim): string {
    return this.keys.sealJson(claim, contextOf(key));
  }
}

function contextOf(key: string): string {
  return `answered callback:${key}`;
}
