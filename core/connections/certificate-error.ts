import { AppError } from '../../shared/app-error.ts';
import type { CertificateFacts } from '../../shared/requests/timeline.ts';
import { systemCode } from '../system-error.ts';

const UNKNOWN_ROOT =
  'the authority behind it is not known on this computer. If it is your company’s, add its file to the connection of the app';

/** What is wrong with a certificate, and what to do, by the code that Node gives. */
const FAULTS: Readonly<Record<string, (certificate: CertificateFacts, host: string) => string>> = {
  CERT_HAS_EXPIRED: ({ validTo }) =>
    `it expired on ${validTo.slice(0, 10)}. The server needs a new one; check the clock of this computer too`,
  CERT_NOT_YET_VALID: ({ validFrom }) =>
    `it is not valid yet, but from ${validFrom.slice(0, 10)}. Check the clock of this computer`,
  CERT_REVOKED: () => 'it has been revoked. The server needs a new one',
  DEPTH_ZERO_SELF_SIGNED_CERT: () =>
    'it is self-signed: no authority vouches for it. If it is yours, add its file to the connection of the app',
  SELF_SIGNED_CERT_IN_CHAIN: () => UNKNOWN_ROOT,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: () => `${UNKNOWN_ROOT}; or the server does not send what is in between`,
  UNABLE_TO_GET_ISSUER_CERT: () => UNKNOWN_ROOT,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: () => UNKNOWN_ROOT,
  ERR_TLS_CERT_ALTNAME_INVALID: ({ names }, host) =>
    `it is for another host: ${names.slice(0, 5).join(', ') || 'for none'}, not for ${host}. Check the URL`,
  HOSTNAME_MISMATCH: (_certificate, host) => `it is for another host than ${host}. Check the URL`,
};

/**
 * Says which certificate is refused, why, and what to do; `null` where an error is not about a certificate.
 *
 * @param chain as the server sent it
 */
export function certificateError(
  error: unknown,
  chain: readonly CertificateFacts[],
  url: URL,
): AppError | null {
  const code = systemCode(error) ?? '';
  const fault = FAULTS[code];
  const own = chain[0];
  if (fault === undefined || own === undefined) return null;
  // It may be one of the authorities on the way that has expired.
  const culprit = code === 'CERT_HAS_EXPIRED' ? (chain.find(hasExpired) ?? own) : own;
  return new AppError(
    'NETWORK_TLS',
    `${url.origin}: no safe connection: the certificate of ${culprit.subject}, issued by ${culprit.issuer}, is refused: ${fault(culprit, url.hostname)}.`,
    {
      origin: url.origin,
      cause: code,
      subject: culprit.subject,
      issuer: culprit.issuer,
      validFrom: culprit.validFrom,
      validTo: culprit.validTo,
      fingerprint: culprit.fingerprint,
      names: culprit.names,
    },
  );
}

function hasExpired({ validTo }: CertificateFacts): boolean {
  return Date.parse(validTo) < Date.now();
}
