import type { ErrorCode } from '../shared/app-error.ts';

/** What the command answers to the shell. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  vault: 3,
  policy: 4,
  network: 5,
  unexpected: 70,
  /** As shells say it of a program that Ctrl+C has ended. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** One exit code for each error code: a new one does not compile until it has its own. */
export const EXIT_CODES = {
  INVALID_INPUT: EXIT.usage,
  INVALID_FILE: EXIT.usage,
  NAME_TAKEN: EXIT.usage,
  APP_NOT_FOUND: EXIT.usage,
  TOKEN_NOT_FOUND: EXIT.usage,
  COLLECTION_NOT_FOUND: EXIT.usage,
  REQUEST_NOT_FOUND: EXIT.usage,
  RESPONSE_NOT_FOUND: EXIT.usage,
  FILE_NOT_FOUND: EXIT.usage,
  VARIABLE_NOT_FOUND: EXIT.usage,
  COLLECTION_INVALID: EXIT.usage,
  COLLECTION_CONFLICT: EXIT.usage,
  // A home or a file that cannot be written: another is to be named.
  WRITE_FAILED: EXIT.usage,
  VAULT_EXISTS: EXIT.usage,
  VAULT_NOT_FOUND: EXIT.vault,
  VAULT_LOCKED: EXIT.vault,
  VAULT_READ_ONLY: EXIT.vault,
  VAULT_DAMAGED: EXIT.vault,
  VAULT_NEWER_FORMAT: EXIT.vault,
  VAULT_KDF_REFUSED: EXIT.vault,
  WRONG_PASSPHRASE: EXIT.vault,
  RECORD_DAMAGED: EXIT.vault,
  ORIGIN_NOT_ALLOWED: EXIT.policy,
  TOKEN_EXPIRED: EXIT.policy,
  TOKEN_OF_OTHER_APP: EXIT.policy,
  SECRET_IN_FILE: EXIT.policy,
  NETWORK_DNS: EXIT.network,
  NETWORK_REFUSED: EXIT.network,
  NETWORK_UNREACHABLE: EXIT.network,
  NETWORK_TLS: EXIT.network,
  NETWORK_TIMEOUT: EXIT.network,
  NETWORK_RESET: EXIT.network,
  NETWORK_PROTOCOL: EXIT.network,
  NETWORK_FAILED: EXIT.network,
  TOO_MANY_REDIRECTS: EXIT.network,
  BODY_TOO_LARGE: EXIT.network,
  CANCELLED: EXIT.interrupted,
  PRACTICE_PORT_IN_USE: EXIT.usage,
  PRACTICE_FAILED: EXIT.usage,
  SENDER_REFUSED: EXIT.unexpected,
  UNEXPECTED: EXIT.unexpected,
} as const satisfies Record<ErrorCode, ExitCode>;
