import type { Agent } from 'node:http';
import { getProxyForUrl } from 'proxy-from-env';

const agents = new Map<string, Promise<Agent>>();

/**
 * The agent that goes through the proxy which the environment names for an address by HTTPS_PROXY, HTTP_PROXY and
 * NO_PROXY, in capitals or not; undefined where calls go straight. For https the proxy is asked for a tunnel (RFC 9110
 * section 9.3.6), so that it sees the host and nothing else. The packages for it are loaded with the first such call.
 */
export function proxyFor(url: URL): Promise<Agent> | undefined {
  const proxy = getProxyForUrl(url.href);
  if (proxy === '') return undefined;
  const key = `${url.protocol} ${proxy}`;
  const known = agents.get(key);
  if (known !== undefined) return known;
  const made = url.protocol === 'https:' ? tunnel(proxy) : forward(proxy);
  agents.set(key, made);
  return made;
}

async function tunnel(proxy: string): Promise<Agent> {
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(proxy) as Agent;
}

async function forward(proxy: string): Promise<Agent> {
  const { HttpProxyAgent } = await import('http-proxy-agent');
  return new HttpProxyAgent(proxy) as Agent;
}
