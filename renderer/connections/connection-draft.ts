import type {
  ConnectionChanges,
  ConnectionSettings,
  HostOverride,
} from '../../shared/connections/connection-settings.ts';

/** Settings as they are typed. */
export interface ConnectionDraft {
  readonly proxyKind: 'system' | 'none' | 'own';
  readonly proxyUrl: string;
  readonly proxyUser: string;
  /** Empty: the one that is kept, if any, stays. */
  readonly proxyPassword: string;
  readonly caFiles: readonly string[];
  readonly verifiesCertificates: boolean;
  readonly minTlsVersion: ConnectionSettings['minTlsVersion'];
  /** `host:port:address`, by spaces. */
  readonly hostOverrides: string;
  readonly ipVersion: ConnectionSettings['ipVersion'];
  readonly unixSocket: string;
  readonly http2: boolean;
}

export function draftOf({
  proxy,
  hostOverrides,
  unixSocket,
  ...settings
}: ConnectionSettings): ConnectionDraft {
  const { caFiles, verifiesCertificates, minTlsVersion, ipVersion, http2 } = settings;
  return {
    proxyKind: proxy.kind,
    proxyUrl: proxy.kind === 'own' ? proxy.url : '',
    proxyUser: proxy.kind === 'own' ? (proxy.userName ?? '') : '',
    proxyPassword: '',
    caFiles,
    verifiesCertificates,
    minTlsVersion,
    hostOverrides: hostOverrides.map(overrideText).join(' '),
    ipVersion,
    unixSocket: unixSocket ?? '',
    http2,
  };
}

/** Whatever is wrong in it is said by the schema that reads it. */
export function changesOf(draft: ConnectionDraft): ConnectionChanges {
  const { proxyKind, proxyUrl, proxyUser, proxyPassword, hostOverrides, unixSocket, caFiles, ...rest } =
    draft;
  return {
    ...rest,
    caFiles: [...caFiles],
    proxy: proxyKind === 'own' ? { kind: 'own', url: proxyUrl, userName: proxyUser } : { kind: proxyKind },
    ...(proxyKind === 'own' && proxyPassword !== '' ? { proxyPassword } : {}),
    hostOverrides: hostOverrides.split(/\s+/).flatMap((text) => (text === '' ? [] : [parseOverride(text)])),
    unixSocket: unixSocket.trim() === '' ? null : unixSocket.trim(),
  };
}

function overrideText({ host, port, address }: HostOverride): string {
  return `${host}:${port ?? '*'}:${address}`;
}

/** What is not of this form comes out with an empty address, which the schema refuses. */
function parseOverride(text: string): HostOverride {
  const [, host = text, port = '*', address = ''] = /^([^:]+):(\*|\d+):(.+)$/.exec(text) ?? [];
  return { host, port: port === '*' ? null : Number(port), address: address.replace(/^\[(.*)\]$/, '$1') };
}
