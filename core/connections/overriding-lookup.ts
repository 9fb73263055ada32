import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { nextTick } from 'node:process';
import type { HostOverride } from '../../shared/connections/connection-settings.ts';

/**
 * Finds the address of a URL's host where the app has its own, as the system otherwise.
 *
 * @param lookup in place of the system's; `undefined`: nothing is to be looked up in another way
 */
export function overridingLookup(
  url: URL,
  overrides: readonly HostOverride[],
  lookup: LookupFunction | undefined,
): LookupFunction | undefined {
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const addresses = overrides
    .filter((each) => each.host === url.hostname && (each.port === null || each.port === port))
    .map(({ address }) => ({ address, family: isIP(address) }));
  const [first] = addresses;
  if (first === undefined) return lookup;
  return (hostname, options, callback) => {
    if (hostname !== url.hostname) (lookup ?? systemLookup)(hostname, options, callback);
    // Not at once, as the system's does not: who connects has not begun to listen yet.
    else if (options.all) nextTick(callback, null, addresses);
    else nextTick(callback, null, first.address, first.family);
  };
}
