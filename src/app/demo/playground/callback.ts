import type { Issuer } from '../../../common/config/issuer.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import type { Paths } from '../../../common/http/paths.js';
import { ROUTES } from '../../../common/http/routes.js';
import { authorizationUrl, explain } from './authorization-request.js';
import type { Chapter, Flow, Run } from './run.js';

/**
 * A run that begins with the authorization response (RFC 6749 section 4.1.2). The response is checked before any of it
 * is used.
 */
export function runFromCallback(parameters: FormParameters, flow: Flow | undefined, issuer: Issuer, paths: Paths): Run {
  const checks = [
    {
      name: 'state',
      passed: flow !== undefined,
      detail:
        flow === undefined ? 'this browser did not ask for this answer' : 'the value that this browser was sent with',
    },
    { name: 'iss', passed: parameters.get('iss') === issuer.url, detail: `from ${parameters.get('iss') ?? 'nobody'}` },
  ];
  const given = Object.fromEntries(parameters.entries());
  const isTrusted = checks.every(({ passed }) => passed);
  const chapter: Chapter = {
    step: 'callback',
    ...(isTrusted ? answerOf(parameters) : FORGED),
    address: `${paths.url(ROUTES.playgroundCallback)}?${new URLSearchParams(given)}`,
    parameters: explain(given),
    checks,
  };
  return {
    flow: flow ?? { parameters: {}, codeVerifier: '' },
    code: isTrusted ? parameters.get('code') : undefined,
    tokens: undefined,
    chapters: flow === undefined ? [chapter] : [requestChapter(flow, paths), chapter],
  };
}

function requestChapter({ parameters }: Flow, paths: Paths): Chapter {
  return {
    step: 'request',
    title: 'The request that was sent',
    summary: 'Your browser carried these parameters to the authorization endpoint.',
    address: authorizationUrl(parameters, paths),
    parameters: explain(parameters),
  };
}

const FORGED = {
  title: 'This answer is not to be trusted',
  summary:
    'A check failed, so the application uses nothing of it. Somebody may have slipped in an answer of their own; or this flow was begun in another browser, too long ago, or its code was already used.',
} as const;

function answerOf(parameters: FormParameters): Pick<Chapter, 'title' | 'summary'> {
  if (parameters.get('error') === 'access_denied') {
    return {
      title: 'You said no',
      summary: 'The application learns that much and nothing else: no code, no tokens.',
    };
  }
  if (parameters.get('code') === undefined) {
    return { title: 'The server refused', summary: 'It says why below; there is no code.' };
  }
  return {
    title: 'Back with a code',
    summary:
      'Your browser brought the answer here. Before using it, the application checks that it is the answer to its own request, from the server that it asked.',
  };
}
