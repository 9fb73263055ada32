import type { PracticeAnnouncement } from '../shared/practice/practice.ts';

/** What the practice API has made, for people to read. */
export function describeAnnouncement({ url, tokens, logins, oauth }: PracticeAnnouncement): string {
  return [
    `The practice API answers at ${url} until it is stopped (Ctrl+C).`,
    ...tokens.map(({ provider, baseUrl, tokenId, secret, note }) =>
      block(provider, { 'base URL': baseUrl, 'token ID': tokenId, token: secret }, note),
    ),
    ...logins.map(({ provider, baseUrl, username, password, domain, code, note }) =>
      block(
        `${provider} login`,
        { 'base URL': baseUrl, 'user name': username, password, domain, code },
        note,
      ),
    ),
    ...oauth.map(({ issuer, clientId, clientSecret, redirectUris, note }) =>
      block(
        'OAuth client',
        { issuer, 'client ID': clientId, secret: clientSecret, redirect: redirectUris[0] },
        note,
      ),
    ),
  ].join('\n\n');
}

function block(
  title: string,
  fields: Readonly<Record<string, string | undefined>>,
  note: string | undefined,
): string {
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${name.padEnd(10)}${value}`);
  return [title, ...lines, ...(note === undefined ? [] : [`  ${note}`])].join('\n');
}
