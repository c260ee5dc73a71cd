import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { type CountedPart, LoginFailureRepository, type WindowPart } from './login-failure.repository.js';
import { type Network, networksOf } from './network.js';
import { type PasswordTry, type PasswordTryResult, SignInThrottle } from './sign-in-throttle.js';
import { SignInThrottleOptions } from './sign-in-throttle.options.js';
import { SlidingWindow } from './sliding-window.js';
import { Turns } from './turns.js';

/** The limit of one count. */
interface Limit {
  readonly key: Buffer;
  /** The number of failures at which no try is let through. */
  readonly refusesAt: number;
  /** The number of failures from which on tries are slowed down. */
  readonly slowsAt: number;
  /** True when a right password makes the failures of this count forgotten. */
  readonly isForgiven: boolean;
}

/** A try that is counted and may go on after a delay. */
interface Begun {
  readonly part: WindowPart;
  readonly delaySeconds: number;
}

/**
 * How long a try waits for other tries that may fail and fill the limit, before the end user is asked to come again.
 */
const PATIENCE_MILLISECONDS = 10_000;
const FIRST_PAUSE_MILLISECONDS = 25;

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Counts failed sign-ins in the table `login_failures`, for all nodes together, so that a stranger can be stopped and
 * nobody be locked out: an account is closed only to the networks that failed at it, and not to the browsers that have
 * signed in to it before. Failures from anywhere else only slow its tries down.
 */
@Injectable()
export class PostgresSignInThrottle extends SignInThrottle {
  readonly #window: SlidingWindow;
  readonly #turns = new Turns();

  constructor(
    private readonly failures: LoginFailureRepository,
    private readonly clock: Clock,
    private readonly options: SignInThrottleOptions,
  ) {
    super();
    this.#window = new SlidingWindow(options.windowSeconds);
  }

  /**
   * Tries at one account from one network take turns, so that right passwords which come together neither fill the limit
   * nor look at it again and again.
   */
  attempt(tried: PasswordTry, check: () => Promise<boolean>): Promise<PasswordTryResult> {
    const limits = this.#limitsOf(tried);
    return this.#turns.take(limits[0].key.toString('base64'), () => this.#attempt(limits, check));
  }

  async #attempt(limits: readonly Limit[], check: () => Promise<boolean>): Promise<PasswordTryResult> {
    const begun = await this.#begin(limits);
    if (!('part' in begun)) return { outcome: 'throttled', ...begun };
    const keys = limits.map(({ key }) => key);
    let isRight: boolean;
    try {
      if (begun.delaySeconds > 0) await delay(begun.delaySeconds * 1000);
      isRight = await check();
    } catch (error) {
      await this.failures.end(keys, begun.part, 0);
      throw error;
    }
    if (isRight) {
      const forgiven = limits.filter(({ isForgiven }) => isForgiven).map(({ key }) => key);
      await this.failures.forgive(keys, begun.part, forgiven, this.#window.since(this.clock.now()));
      return { outcome: 'right' };
    }
    await this.failures.end(keys, begun.part, 1);
    return { outcome: 'wrong' };
  }

  /**
   * Begins a try, or refuses it. A refused try is no failure, so that whoever hammers one account does not stop their
   * neighbours in the network.
   */
  async #begin(limits: readonly Limit[]): Promise<Begun | { readonly retryAfterSeconds: number }> {
    const keys = limits.map(({ key }) => key);
    const patientUntil = performance.now() + PATIENCE_MILLISECONDS;
    for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause *= 2) {
      const now = this.clock.now();
      const part = this.#window.partAt(now);
      const counted = await this.failures.begin(keys, part, this.#window.since(now));
      const verdicts = limits.map((limit) => {
        return this.#judge(
          limit,
          counted.filter(({ key }) => key.equals(limit.key)),
          now,
        );
      });
      const retryAfterSeconds = Math.max(...verdicts.map((verdict) => verdict.retryAfterSeconds));
      const mustWait = verdicts.some((verdict) => verdict.mustWait);
      if (retryAfterSeconds === 0 && !mustWait) {
        return { part, delaySeconds: Math.max(...verdicts.map((verdict) => verdict.delaySeconds)) };
      }
      await this.failures.end(keys, part, 0);
      if (retryAfterSeconds > 0) return { retryAfterSeconds };
      if (performance.now() > patientUntil) return { retryAfterSeconds: PATIENCE_MILLISECONDS / 1000 };
      await delay(pause);
    }
  }

  /** The failures of a count, and those that are under way besides this try and may become failures yet. */
  #judge({ refusesAt, slowsAt }: Limit, parts: readonly CountedPart[], now: Date) {
    const { failures, underWay } = this.#window.count(parts, now);
    const isFull = failures >= refusesAt;
    const until = isFull ? this.#window.fewerThan(refusesAt, parts, now) : now;
    const slowness = failures < slowsAt ? 0 : Math.min(1, (failures - slowsAt + 1) / slowsAt);
    return {
      retryAfterSeconds: isFull ? Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)) : 0,
      mustWait: failures + underWay > refusesAt,
      delaySeconds: slowness * this.options.longestDelaySeconds,
    };
  }

  /** The limits of a try; by the first one tries take turns. */
  #limitsOf({ account, address, knownBrowser }: PasswordTry): [Limit, ...Limit[]] {
    const { failuresPerAccount, failuresPerAddress, failuresBeforeDelay } = this.options;
    const closesAccount = (refusesAt: number, ...names: string[]): Limit => {
      return { key: keyOf('account', ...names, account), refusesAt, slowsAt: NEVER, isForgiven: true };
    };
    if (knownBrowser !== undefined) return [closesAccount(failuresPerAccount, 'browser', knownBrowser)];
    const networks = networksOf(address);
    const [network, ...wider] = networks;
    const closesTo = ({ name, allowance }: Network) => closesAccount(failuresPerAccount * allowance, 'network', name);
    const slows = (slowsAt: number, refusesAt: number, ...names: string[]): Limit => {
      return { key: keyOf(...names), refusesAt, slowsAt, isForgiven: false };
    };
    return [
      closesTo(network),
      ...wider.map(closesTo),
      ...networks.map(({ name, allowance }) => {
        return slows(failuresPerAddress * allowance, failuresPerAddress * allowance * 2, 'network', name);
      }),
      slows(failuresBeforeDelay, NEVER, 'account', account),
    ];
  }
}

/** The key of a count: a digest, which does not tell whose account was tried from where. */
function keyOf(...names: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(names)).digest();
}
