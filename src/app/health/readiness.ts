import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Memories } from '../../common/memory/memories.js';
import { ClockCheck } from './clock.check.js';
import { DatabaseCheck } from './database.check.js';
import type { HealthCheck } from './health-check.js';
import { MigrationsCheck } from './migrations.check.js';
import { PartitionsCheck } from './partitions.check.js';
import { ServerState } from './server-state.js';
import { SigningKeyCheck } from './signing-key.check.js';

const LIMIT_MILLISECONDS = 2000;

/** The state of each part, in the shape that Nest's health checks have. */
export interface ReadinessReport {
  readonly status: 'ok' | 'error' | 'shutting_down';
  readonly details: Readonly<
    Record<string, { readonly status: 'up' | 'down' } & Readonly<Record<string, string | number>>>
  >;
}

/** Tells whether the server can serve a request, by asking each part anew. */
@Injectable()
export class Readiness {
  readonly #logger = new Logger(Readiness.name);
  readonly #parts: readonly HealthCheck[];
  #failures = '';

  constructor(
    private readonly state: ServerState,
    private readonly memories: Memories,
    database: DatabaseCheck,
    migrations: MigrationsCheck,
    signingKey: SigningKeyCheck,
    partitions: PartitionsCheck,
    clock: ClockCheck,
  ) {
    this.#parts = [database, migrations, signingKey, partitions, clock];
  }

  /** The report names the checks that failed but no reasons. A reason is logged when it changes. */
  async report(): Promise<ReadinessReport> {
    const checks = [...this.#parts, ...this.memories.all.map(checkOf)];
    const reasons = await Promise.all(checks.map(failureOf));
    this.#log(checks, reasons);
    const failed = reasons.some((reason) => reason !== undefined);
    const details = checks.map((check, index) => {
      return [check.name, { status: reasons[index] === undefined ? 'up' : 'down', ...check.tell?.() }] as const;
    });
    return {
      status: this.state.isDraining ? 'shutting_down' : failed ? 'error' : 'ok',
      details: Object.fromEntries(details),
    };
  }

  #log(checks: readonly HealthCheck[], reasons: readonly (string | undefined)[]): void {
    const failures = checks
      .flatMap(({ name }, index) => (reasons[index] === undefined ? [] : `${name}: ${reasons[index]}`))
      .join('; ');
    if (failures !== this.#failures) this.#logger.warn(failures === '' ? 'Ready again' : `Not ready: ${failures}`);
    this.#failures = failures;
  }
}

/** A memory that may know less than the database answers requests by what was true before. */
function checkOf(memory: Memories['all'][number]): HealthCheck {
  return {
    name: `${memory.name}_memory`,
    check: () => {
      if (memory.isStale) throw new Error('stale: changes in the database were missed and are not read yet');
    },
  };
}

async function failureOf(check: HealthCheck): Promise<string | undefined> {
  const late = delay(LIMIT_MILLISECONDS, `no answer within ${LIMIT_MILLISECONDS} ms`, { ref: false });
  try {
    return await Promise.race([Promise.resolve(check.check()).then(() => undefined), late]);
  } catch (error) {
    return (error as Error).message || String((error as { code?: unknown }).code);
  }
}
