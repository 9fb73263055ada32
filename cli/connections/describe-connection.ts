import type { ConnectionSettings } from '../../shared/connections/connection-settings.ts';
import { printable } from '../terminal.ts';

/** What has to be said wherever such an app is used. */
export const INSECURE =
  'This app takes any certificate: whoever stands between can read and change what is sent, tokens included. `tessera app connection NAME --secure` checks them again.';

export function describeConnection(settings: ConnectionSettings): string {
  return lines(settings).join('\n');
}

function lines(settings: ConnectionSettings): string[] {
  const { caFiles, clientCertificate, minTlsVersion, hostOverrides, unixSocket } = settings;
  return [
    `proxy               ${proxyText(settings)}`,
    `authorities         the system’s${caFiles.map((path) => `, ${printable(path)}`).join('')}`,
    `client certificate  ${clientText(clientCertificate)}`,
    `certificates        ${settings.verifiesCertificates ? 'checked' : 'NOT CHECKED'}`,
    `TLS                 ${minTlsVersion.slice(4)} or newer`,
    `addresses           ${hostOverrides.map(({ host, port, address }) => `${host}:${port ?? '*'}:${address}`).join(' ') || 'as the system finds them'}`,
    `IP                  ${settings.ipVersion === 'any' ? 'version 6 or 4' : `version ${settings.ipVersion} alone`}`,
    `Unix socket         ${unixSocket === null ? 'none' : printable(unixSocket)}`,
    `HTTP                ${settings.http2 ? 'version 2 or 1.1' : 'version 1.1 alone'}`,
  ];
}

function proxyText({ proxy, proxyPasswordId }: ConnectionSettings): string {
  if (proxy.kind === 'none') return 'none';
  if (proxy.kind === 'system') return 'the system’s (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY)';
  const user = proxy.userName === null ? '' : `, as ${printable(proxy.userName)}`;
  return `${proxy.url}${user}${proxyPasswordId === null ? '' : ', with a password'}`;
}

function clientText(certificate: ConnectionSettings['clientCertificate']): string {
  if (certificate === null) return 'none';
  const { kind, subject, validTo } = certificate;
  if (subject === null) return kind === 'pfx' ? 'from a PFX' : 'from PEM files';
  return `${printable(subject)}${validTo === null ? '' : `, until ${validTo.slice(0, 10)}`}`;
}
