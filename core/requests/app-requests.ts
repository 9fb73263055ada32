import { AppError } from '../../shared/app-error.ts';
import type { App } from '../../shared/apps/app.ts';
import type { RunSummary } from '../../shared/collections/run.ts';
import type { Request } from '../../shared/requests/request.ts';
import type { Apps } from '../apps/apps.ts';
import { fileOfCollection } from '../collections/collection-file.ts';
import type { Cookies } from '../cookies/cookies.ts';
import type { Logins } from '../logins/logins.ts';
import { providerOf } from '../providers/providers.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { runCollection } from '../runs/run-collection.ts';
import type { SpoolFolder } from '../spool/spool-folder.ts';
import type { RunOptions, SendOptions } from '../tessera-options.ts';
import type { Tokens } from '../tokens/tokens.ts';
import type { Connections } from './connections.ts';
import { type Answer, sendRequest } from './send-request.ts';

export interface AppRequestsOptions {
  readonly apps: Apps;
  readonly tokens: Tokens;
  readonly logins: Logins;
  readonly cookies: Cookies;
  readonly spoolFolder: SpoolFolder;
  readonly connectionsOf: (app: App) => Connections;
  /** Knows every secret of an app. */
  readonly redactorOf: (appId: string) => Redactor;
  readonly now: () => Date;
  /** Aborted when the vault is locked. */
  readonly unlocked: () => AbortSignal;
  /** Aborted then, or before that by whoever asked. */
  readonly untilLocked: (signal: AbortSignal | undefined) => AbortSignal;
}

/** Sends requests of an app with all that the app has: its tokens, connections and cookies. */
export class AppRequests {
  readonly #options: AppRequestsOptions;

  constructor(options: AppRequestsOptions) {
    this.#options = options;
  }

  /**
   * Sends one request of an app with the app's own tokens.
   *
   * @throws AppError of the pipeline's steps; `VAULT_LOCKED` where the vault is locked before the answer is complete
   */
  async send(appId: string, request: Request, options: SendOptions = {}): Promise<Answer> {
    try {
      const answer = await this.#send(appId, request, this.#options.untilLocked(options.signal), options);
      return withNotices(answer, this.#saveCookies(appId));
    } catch (error) {
      // The way to the failure may have set some.
      this.#saveCookies(appId);
      throw error;
    }
  }

  /** @param signal of `untilLocked` */
  async #send(
    appId: string,
    request: Request,
    signal: AbortSignal,
    options: Omit<SendOptions, 'signal'>,
  ): Promise<Answer> {
    const app = this.#options.apps.get(appId);
    const locked = this.#options.unlocked();
    const redactor = () => this.#options.redactorOf(appId);
    try {
      const answer = await sendRequest(request, {
        ...this.#options.tokens.ofApp(app),
        provider: providerOf(app.provider),
        openSecret: (tokenId) => this.#options.tokens.secrets.open({ appId, tokenId }),
        get redactor() {
          return redactor();
        },
        renewToken: ({ id, renewals }) =>
          this.#options.logins.renew({ appId, tokenId: id }, renewals, signal),
        variables: options.variables ?? [],
        inheritedAuth: options.inheritedAuth ?? { kind: 'inherit' },
        connections: this.#options.connectionsOf(app),
        cookies: this.#options.cookies.jar(appId),
        spoolFolder: this.#options.spoolFolder,
        locateFile: options.locateFile ?? refuseFile,
        now: this.#options.now,
        signal,
        sendExpired: options.sendExpired ?? false,
        sendCompromised: options.sendCompromised ?? false,
        noteUse: ({ id }) => this.#options.tokens.usage.note({ appId, tokenId: id }),
        keepsOriginals: options.keepsOriginals ?? false,
        ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
        ...(options.onDecoded === undefined ? {} : { onDecoded: options.onDecoded }),
        ...(options.onHead === undefined ? {} : { onHead: options.onHead }),
        isWatched: options.isWatched ?? false,
      });
      if (!locked.aborted) return answer;
      answer.body.close();
      answer.originals?.wipe();
      throw lockedMeanwhile();
    } catch (error) {
      throw locked.aborted ? lockedMeanwhile() : error;
    }
  }

  /** Runs a collection of an app, request after request. */
  async run(appId: string, folder: string, options: RunOptions = {}): Promise<RunSummary> {
    // Once for all requests: making one is dear.
    const signal = this.#options.untilLocked(options.signal);
    const summary = await runCollection({
      folder,
      ...(options.subfolder === undefined ? {} : { subfolder: options.subfolder }),
      ...(options.bail === undefined ? {} : { bail: options.bail }),
      ...(options.onResult === undefined ? {} : { onResult: options.onResult }),
      signal,
      now: this.#options.now,
      send: async (request, inheritedAuth, variables) => {
        const retries = request.retries || (options.retries ?? 0);
        const { response, body } = await this.#send(appId, { ...request, retries }, signal, {
          inheritedAuth,
          variables,
          locateFile: (path) => fileOfCollection(folder, path),
        });
        body.close();
        return { response };
      },
    });
    this.#saveCookies(appId);
    return summary;
  }

  /** An answer is worth more than its cookies. @returns why they could not be kept, in words */
  #saveCookies(appId: string): string[] {
    try {
      this.#options.cookies.save(appId);
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return [
        `The cookies of this answer are kept until Tessera ends, and not in the vault: ${error.message}`,
      ];
    }
  }
}

function lockedMeanwhile(): AppError {
  return new AppError(
    'VAULT_LOCKED',
    'The vault was locked while the request was under way. Unlock it and send again.',
  );
}

function refuseFile(): never {
  throw new AppError(
    'FILE_NOT_ALLOWED',
    'This request sends a file, and none was chosen. Choose the file first.',
  );
}

function withNotices({ response, ...kept }: Answer, notices: readonly string[]): Answer {
  return { ...kept, response: { ...response, notices: [...response.notices, ...notices] } };
}
