import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { Cookies } from '../../../common/http/cookies.js';
import type { Flow } from './run.js';

const PURPOSE = 'playground flow';
const LIFETIME_SECONDS = 600;

/**
 * Keeps the secrets of a flow while the browser is at the authorization endpoint: sealed, in one cookie for each flow,
 * named by its state.
 */
@Injectable()
export class FlowCookies {
  constructor(
    private readonly cookies: Cookies,
    private readonly keys: KeyRing,
  ) {}

  /** Text for a hidden field or a cookie. */
  seal(flow: Flow): string {
    return this.keys.sealJson(flow, PURPOSE);
  }

  /** Undefined for text that this server did not seal. */
  open(sealed: string | undefined): Flow | undefined {
    return this.keys.openJson<Flow>(sealed ?? '', PURPOSE);
  }

  /** Gives the flow to the browser, beside those of other tabs. */
  remember(response: Response, flow: Flow): void {
    const name = nameOf(flow.parameters.state);
    this.cookies.set(response, name, this.seal(flow), { maxAgeSeconds: LIFETIME_SECONDS });
  }

  /** The flow that this browser began with this state. */
  find(request: Request, state: string | undefined): Flow | undefined {
    const flow = this.open(this.cookies.get(request, nameOf(state)));
    return flow?.parameters.state === state ? flow : undefined;
  }

  /** Ends the flow: its code is used. */
  forget(response: Response, flow: Flow): void {
    this.cookies.clear(response, nameOf(flow.parameters.state));
  }
}

function nameOf(state: string | undefined): string {
  return `playground_${(state ?? '').replaceAll(/[^\w-]/g, '').slice(0, 16)}`;
}
