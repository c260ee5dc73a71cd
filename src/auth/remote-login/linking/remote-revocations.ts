import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { reasonOf } from '../../../common/errors/oauth-error.js';
import { Events } from '../../../common/events/events.js';
import { type GatehouseListener, OnGatehouse } from '../../../common/events/on-gatehouse.decorator.js';
import { Registries, type Registry } from '../../../common/extension/registries.js';
import {
  type RemoteRevocation,
  RemoteRevocationRepository,
} from '../../../users/linked-account/remote-revocation.repository.js';
import { LoginProtocol, type LoginProtocolHandler } from '../protocols/login-protocol.js';
import { RemoteTokenRefusal } from '../protocols/remote-token-refusal.js';
import { RemoteAppRegistry } from '../remote-app-registry.js';

const INTERVAL_MILLISECONDS = 60_000;
/** A provider that has not taken tokens back by then never will, and most tokens are over. */
const GIVEN_UP_AFTER_SECONDS = 7 * 86_400;

/**
 * Has providers take back the tokens of accounts that are unlinked, or whose end user is removed (RFC 7009), again and again until they do or refuse for good. Whatever the
 * number of processes, each is asked by one at a time.
 */
@Injectable()
@OnGatehouse('user.removed')
export class RemoteRevocations
  implements OnApplicationBootstrap, OnApplicationShutdown, GatehouseListener<'user.removed'>
{
  readonly #logger = new Logger(RemoteRevocations.name);
  readonly #protocols: Registry<LoginProtocolHandler>;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();

  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly revocations: RemoteRevocationRepository,
    private readonly events: Events,
    registries: Registries,
  ) {
    this.#protocols = registries.of(LoginProtocol);
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.askSoon(), INTERVAL_MILLISECONDS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underWay;
  }

  /** An end user is removed, and so may have left tokens. */
  handle(): void {
    this.askSoon();
  }

  /** Asks for all that are due, in the background. */
  askSoon(): void {
    this.#underWay = this.#underWay.then(() => this.ask());
  }

  /** Asks for all that are due. Never throws: what fails is tried again. */
  async ask(): Promise<void> {
    try {
      await this.apps.whenComplete();
      const due = await this.revocations.take();
      await Promise.all(due.map((each) => this.#askFor(each)));
    } catch (error) {
      this.#logger.warn(`Tokens are taken back later: ${reasonOf(error)}`);
    }
  }

  async #askFor({ id, provider, tokens, ageSeconds }: RemoteRevocation): Promise<void> {
    const app = this.apps.all().find(({ name }) => name === provider);
    const protocol = app && this.#protocols.find(app.protocol);
    try {
      const isDone = (app && tokens && (await protocol?.revoke?.(app, tokens))) ?? false;
      await this.revocations.remove(id);
      if (!isDone) this.#logger.log(`${provider} has no way to take tokens back, or is configured no more`);
      this.events.emit({ type: 'remote_tokens.taken_back', provider, isDone });
    } catch (error) {
      const { message } = error as Error;
      const isRefused = error instanceof RemoteTokenRefusal && error.isFinal;
      if (!isRefused && ageSeconds < GIVEN_UP_AFTER_SECONDS) {
        this.#logger.log(`${provider} has not taken tokens back yet: ${message}`);
        return;
      }
      await this.revocations.remove(id);
      const why = isRefused ? 'refuses to take tokens back' : 'has taken tokens back in no week';
      this.#logger.warn(`${provider} ${why}, and is asked no more: ${message}`);
      this.events.emit({ type: 'remote_tokens.taken_back', provider, isDone: false });
    }
  }
}
