import { BlockList, isIP } from 'node:net';
import { isLoopbackHost } from '../../shared/apps/allowed-origin.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a URL, by the customs of curl; `null` for none. Never one for
 * this computer itself, as in browsers: what listens there is not to be reached over somebody else's proxy.
 */
export function environmentProxy(url: URL, environment: Environment): string | null {
  if (isLoopbackHost(url.hostname)) return null;
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const proxy = read(environment, `${scheme}_proxy`) || read(environment, 'all_proxy');
  if (proxy === '' || isExempt(url, read(environment, 'no_proxy'))) return null;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** Whether the environment says anything of the proxies for a scheme: then it decides alone. */
export function isNamedByEnvironment(protocol: string, environment: Environment): boolean {
  const scheme = protocol === 'https:' ? 'https' : 'http';
  return (read(environment, `${scheme}_proxy`) || read(environment, 'all_proxy')) !== '';
}

function read(environment: Environment, name: string): string {
  return (environment[name] ?? environment[name.toUpperCase()] ?? '').trim();
}

/**
 * Whether NO_PROXY names a URL's host: `example.com` with all below it, `.example.com` the same,
 * `*.example.com` only what is below it, `host:8080`, `10.0.0.0/8`, `*` everything.
 */
export function isExempt(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/(.)\.$/, '$1');
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry !== '' && matches(entry, host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  const [, name = entry, entryPort] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(entry) ?? [];
  if (entryPort !== undefined && entryPort !== port) return false;
  if (name === '*') return true;
  const plain = name.replace(/^\[|\]$/g, '');
  if (plain.includes('/')) return isInNetwork(host, plain);
  if (plain.startsWith('*.')) return host.endsWith(plain.slice(1));
  const domain = plain.replace(/^\./, '').replace(/(.)\.$/, '$1');
  return domain !== '' && (host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`)));
}

function isInNetwork(host: string, network: string): boolean {
  const family = isIP(host);
  const [address = '', bits = ''] = network.split('/');
  const prefix = Number(bits);
  const longest = family === 6 ? 128 : 32;
  if (family === 0 || isIP(address) !== family || !/^\d+$/.test(bits) || prefix > longest) return false;
  const list = new BlockList();
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  list.addSubnet(address, prefix, kind);
  return list.check(host, kind);
}
