import type { Hop } from './response.ts';

/** What a hop may have to go without. `form`: a token whose place in a form a redirect took away. */
export const WITHHELD = ['token', 'form', 'headers', 'parameters', 'body', 'cookies'] as const;

export type Withheld = (typeof WITHHELD)[number];

/** What became of a hop's credentials: "cookies withheld". */
export function credentialText({ credential, withheld }: Pick<Hop, 'credential' | 'withheld'>): string {
  if (credential === 'sent') return 'credential sent';
  return credential === 'none' ? 'no credential' : `${list(withheld)} withheld`;
}

/** What was withheld on the way and why: a sentence for each place. */
export function describeWithheld(hops: readonly Pick<Hop, 'url' | 'withheld'>[]): string[] {
  const sentences = hops
    .filter(({ withheld }) => withheld.length > 0)
    .map(({ url, withheld }) => {
      const { origin } = new URL(url);
      return withheld.includes('form')
        ? `The token was withheld from ${origin}: a redirect took away the form that it goes in.`
        : `Credentials were withheld from ${origin} (${list(withheld)}): it is not one of the app’s origins.`;
    });
  return [...new Set(sentences)];
}

function list(withheld: readonly Withheld[]): string {
  return withheld.map((part) => (part === 'form' ? 'token' : part)).join(', ');
}
