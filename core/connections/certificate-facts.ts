import type { Certificate, DetailedPeerCertificate, PeerCertificate } from 'node:tls';
import type { CertificateFacts } from '../../shared/requests/timeline.ts';

/** A chain is shown so far: nobody sends more in earnest. */
const LONGEST_CHAIN = 10;

/** The server's own certificate first, then those that vouch for it, as far as they were sent or are known. */
export function certificateChain(peer: PeerCertificate | DetailedPeerCertificate): CertificateFacts[] {
  const chain: CertificateFacts[] = [];
  let next: PeerCertificate | DetailedPeerCertificate | undefined = peer;
  while (next !== undefined && chain.length < LONGEST_CHAIN) {
    chain.push(certificateFacts(next));
    const issuer: DetailedPeerCertificate | undefined =
      'issuerCertificate' in next ? next.issuerCertificate : undefined;
    // A root is its own issuer.
    next = issuer === undefined || issuer.fingerprint256 === next.fingerprint256 ? undefined : issuer;
  }
  return chain;
}

function certificateFacts(certificate: PeerCertificate): CertificateFacts {
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    validFrom: dateOf(certificate.valid_from),
    validTo: dateOf(certificate.valid_to),
    fingerprint: certificate.fingerprint256,
    names: namesIn(certificate.subjectaltname ?? ''),
  };
}

/** `api.example.com, Example Ltd`: common name and organisation, whichever there are. */
function nameOf(name: Certificate | undefined): string {
  const parts = [name?.CN, name?.O].flatMap((part) => part ?? []);
  return parts.join(', ') || 'no name';
}

function dateOf(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}

/** `DNS:api.example.com, IP Address:127.0.0.1`; a name in quotes holds what would mislead, and stays quoted. */
function namesIn(alternatives: string): string[] {
  return alternatives
    .split(/,\s*(?=(?:DNS|IP Address|URI|email|Registered ID|DirName|othername):)/)
    .map((each) => each.replace(/^(DNS|IP Address):/, ''))
    .filter((each) => each !== '');
}
