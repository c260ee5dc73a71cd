import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { FormParameters } from '../../../common/http/form-parameters.js';
import { Paths } from '../../../common/http/paths.js';
import { ROUTES } from '../../../common/http/routes.js';
import { Clock } from '../../../common/time/clock.js';
import { LoginFailure } from '../login-failure.js';
import type { RemoteApp } from '../remote-app.js';

const LIFETIME_SECONDS = 60;
/** What every server and proxy takes in a request line, with room for the rest of it. */
const MAX_LENGTH = 6000;

interface PostedAnswer {
  readonly parameters: object;
  readonly endsAtMilliseconds: number;
}

/**
 * Takes an authorization response by response mode `form_post` over into a GET of this server. The POST comes from the
 * provider's site, so browsers send it without the cookie of the sign-in session (`SameSite=Lax`), and nobody would seem
 * to be signed in. The parameters travel sealed in the address, where no log and no Referer shows a code.
 */
@Injectable()
export class PostedAnswers {
  constructor(
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly paths: Paths,
  ) {}

  /** The path and query to go on with. Raises LoginFailure (answer_incomplete) for parameters that are too long. */
  pathFor(app: RemoteApp, parameters: FormParameters): string {
    const endsAtMilliseconds = this.clock.now().getTime() + LIFETIME_SECONDS * 1000;
    const answer: PostedAnswer = { parameters: parameters.toJSON(), endsAtMilliseconds };
    const sealed = this.keys.sealJson(answer, contextOf(app));
    if (sealed.length > MAX_LENGTH) throw this.#failure(app, 'answer_incomplete', 'the posted answer is too long');
    return `${this.paths.to(ROUTES.remoteCallback, { provider: app.name })}?answer=${sealed}`;
  }

  /**
   * The parameters of an authorization response, whichever way it came. Raises LoginFailure: flow_unknown for an address
   * that this server did not make, flow_expired after a minute.
   */
  read(app: RemoteApp, request: Request): FormParameters {
    const query = FormParameters.parseQuery(request);
    const sealed = query.get('answer');
    if (sealed === undefined) return query;
    const answer = this.keys.openJson<PostedAnswer>(sealed, contextOf(app));
    if (answer === undefined) throw this.#failure(app, 'flow_unknown', 'the answer was not sealed by this server');
    if (this.clock.now().getTime() > answer.endsAtMilliseconds) {
      throw this.#failure(app, 'flow_expired', 'the posted answer was gone on with too late');
    }
    return FormParameters.from(answer.parameters);
  }

  #failure(app: RemoteApp, code: 'answer_incomplete' | 'flow_unknown' | 'flow_expired', detail: string) {
    return new LoginFailure(code, { app, returnTo: this.paths.home }, detail);
  }
}

function contextOf({ name }: RemoteApp): string {
  return `posted answer:${name}`;
}
