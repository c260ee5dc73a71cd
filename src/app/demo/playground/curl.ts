import type { WireRequest } from './run.js';

/** The request as one line for a POSIX shell. */
export function curlOf({ method, url, headers, body }: WireRequest): string {
  const options = Object.entries(headers)
    .filter(([name]) => name !== 'content-type')
    .map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`);
  // --data makes it a POST of a form.
  const data = method === 'POST' ? [`--data ${quote(body ?? '')}`] : [];
  return ['curl -si', quote(url), ...options, ...data].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
