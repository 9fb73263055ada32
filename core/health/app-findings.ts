import { type App, plaintextOrigins } from '../../shared/apps/app.ts';
import type { Observation } from './token-findings.ts';

/** An observation about an app, with what tells it from others of its kind. */
export interface AppObservation extends Observation {
  readonly subject: string;
}

/** What can be said of an app by itself: where its tokens may go, and how. */
export function appFindings({ allowedOrigins, connection }: App): AppObservation[] {
  const plaintext = plaintextOrigins(allowedOrigins).map((origin) => ({
    kind: 'plaintext-origin' as const,
    subject: origin,
    title: `Tokens go to ${origin} unencrypted.`,
    advice: 'Allow its https:// origin instead: everyone on the way can read what http: carries.',
  }));
  const wildcards = allowedOrigins
    .filter((origin) => origin.includes('://*.'))
    .map((origin) => ({
      kind: 'wildcard-origin' as const,
      subject: origin,
      title: `Tokens may go to every host of ${origin}.`,
      advice: 'Allow the hosts that are needed by name: any one of them could be somebody else’s.',
    }));
  if (connection.verifiesCertificates) return [...plaintext, ...wildcards];
  return [
    ...plaintext,
    {
      kind: 'unverified-certificates',
      subject: '',
      title: 'Certificates of servers are not verified.',
      advice:
        'Verify them, and trust an authority of your own for this app: anybody could answer in its place.',
    },
    ...wildcards,
  ];
}
