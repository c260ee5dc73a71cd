import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import { Paths } from '../../../common/http/paths.js';
import { ROUTES } from '../../../common/http/routes.js';
import type { Run } from './run.js';

const PURPOSE = 'playground run';

/** Turns a run into the text of a hidden field and back: packed, since tokens repeat in it, then sealed. */
@Injectable()
export class RunSeal {
  constructor(
    private readonly keys: KeyRing,
    private readonly paths: Paths,
  ) {}

  /** Base64url text. */
  seal(run: Run): string {
    return this.keys.seal(deflateRawSync(JSON.stringify(run)), PURPOSE).toString('base64url');
  }

  /** Raises InvalidRequestError for text that this server did not seal. */
  open(sealed: string | undefined): Run {
    const packed = this.keys.open(Buffer.from(sealed ?? '', 'base64url'), PURPOSE);
    if (packed === undefined) {
      throw new InvalidRequestError({
        description: 'This page of the playground is out of date; start again',
        wayOn: { label: 'Open the playground', href: this.paths.to(ROUTES.playground) },
      });
    }
    return JSON.parse(inflateRawSync(packed).toString('utf8')) as Run;
  }
}
