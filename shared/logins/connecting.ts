/** What a sign-in by OAuth shows to its user; nothing of it is secret for long. */
export type ConnectStep =
  /** The provider's page was opened in the browser; `url` for when it was not. */
  | { readonly kind: 'page'; readonly url: string }
  /** A code is to be entered at `verificationUrl`. */
  | {
      readonly kind: 'code';
      readonly userCode: string;
      readonly verificationUrl: string;
      readonly completeUrl: string | null;
      readonly expiresAt: string;
    };

export interface ConnectProgress {
  readonly connectId: string;
  readonly step: ConnectStep;
}
