/** What a device login shows to its user. */
export interface DeviceCode {
  readonly userCode: string;
  /** Where the code is entered. */
  readonly verificationUrl: string;
  /** The same with the code in it; `null`: the server has none. */
  readonly completeUrl: string | null;
  readonly expiresAt: string;
}

/** What a sign-in wants of whoever is in front of the screen. */
export interface OAuthSteps {
  /**
   * Opens the provider's page in the system's browser.
   *
   * @throws AppError `CANCELLED` where the user does not want it
   */
  readonly openPage: (url: URL) => Promise<void>;
  readonly showCode: (code: DeviceCode) => void;
}
