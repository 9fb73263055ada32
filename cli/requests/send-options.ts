/** The options of `send` as they were typed. */
export interface SendOptions {
  readonly app: string;
  /** `true`: left out; `false`: `--no-token`. */
  readonly token?: string | boolean;
  readonly header?: readonly string[];
  readonly data?: string;
  readonly dataBinary?: string;
  readonly form?: readonly string[];
  readonly graphql?: string;
  readonly graphqlVariables?: string;
  readonly var?: readonly string[];
  readonly output?: string;
  readonly verbose?: boolean;
  readonly fail?: boolean;
  readonly maxRedirects?: string;
  readonly timeout?: string;
  readonly retry?: string;
  readonly stream?: boolean;
  /** `false`: `--no-cookies`. */
  readonly cookies?: boolean;
  readonly sendExpired?: boolean;
  readonly sendCompromised?: boolean;
}

export interface SendArguments {
  /** The method, or the URL where there is no second. */
  readonly first: string;
  readonly second: string | undefined;
  readonly options: SendOptions;
}
