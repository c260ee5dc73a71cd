import { Injectable } from '@nestjs/common';
import { MetadataSource } from '../../../common/extension/metadata-source.js';
import { SCOPE_CLAIMS } from '../../claims/scope-claims.js';
import { SIGNING_ALGORITHMS } from '../../keys/jws.js';

const ID_TOKEN_CLAIMS = ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'amr', 'sid'];

/** The id_token in the server metadata: claims, subject types and signature algorithms. */
@Injectable()
@MetadataSource()
export class IdTokenMetadata implements MetadataSource {
  metadata() {
    return {
      claims_supported: [...ID_TOKEN_CLAIMS, ...Object.values(SCOPE_CLAIMS).flat()],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: SIGNING_ALGORITHMS,
    };
  }
}
