import { randomUUID } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import {
  type App,
  type AppChanges,
  type AppProfile,
  appChangesSchema,
  appProfileSchema,
  type NewApp,
  newAppSchema,
} from '../../shared/apps/app.ts';
import { type ConnectionSettings, DEFAULT_CONNECTION } from '../../shared/connections/connection-settings.ts';
import { compareNames, sameName } from '../../shared/name.ts';
import { parseInput } from '../../shared/parse-input.ts';
import type { AppFile } from '../vault/app-file.ts';
import type { Vault } from '../vault/vault.ts';

/** The apps of a vault. */
export class Apps {
  readonly #vault: Vault;
  readonly #now: () => Date;
  /** What was read of one state of an app's file: each request asks for it. */
  readonly #read = new WeakMap<AppFile, { readonly revision: number; readonly app: App }>();

  constructor(vault: Vault, now: () => Date) {
    this.#vault = vault;
    this.#now = now;
  }

  /** By name. */
  list(): App[] {
    return this.#vault
      .appIds()
      .map((appId) => this.get(appId))
      .sort(compareNames);
  }

  /** @throws AppError `APP_NOT_FOUND` */
  get(appId: string): App {
    const file = this.#vault.app(appId);
    const { revision } = file;
    const known = this.#read.get(file);
    if (known?.revision === revision) return known.app;
    const app = { id: appId, ...appProfileSchema.parse(file.profile()) };
    this.#read.set(file, { revision, app });
    return app;
  }

  /** By name or id. @throws AppError `APP_NOT_FOUND` */
  find(nameOrId: string): App {
    const app = this.list().find(({ id, name }) => id === nameOrId || sameName(name, nameOrId));
    if (app !== undefined) return app;
    throw new AppError(
      'APP_NOT_FOUND',
      `There is no app named "${nameOrId.slice(0, 100)}". \`tessera app list\` shows them all.`,
    );
  }

  /** Left without allowed origins, an app gets its base URL's. @throws AppError `NAME_TAKEN` */
  create(input: NewApp): App {
    const { allowedOrigins, ...app } = parseInput(newAppSchema, input, 'App');
    this.#checkName(app.name);
    const profile: AppProfile = {
      ...app,
      allowedOrigins: unique(allowedOrigins ?? originsOf(app.baseUrl)),
      defaultToken: null,
      collections: [],
      connection: DEFAULT_CONNECTION,
      dismissedFindings: [],
      createdAt: this.#now().toISOString(),
    };
    const appId = randomUUID();
    this.#vault.addApp(appId, profile);
    return { id: appId, ...profile };
  }

  update(appId: string, input: AppChanges): App {
    const changes = parseInput(appChangesSchema, input, 'App');
    const { id: _id, ...profile } = this.get(appId);
    if (changes.name !== undefined) this.#checkName(changes.name, appId);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    return this.#save(appId, { ...profile, ...given });
  }

  /** The folders of the app's collections, absolute. */
  setCollections(appId: string, collections: readonly string[]): void {
    const { id: _id, ...profile } = this.get(appId);
    this.#save(appId, { ...profile, collections: [...collections] });
  }

  setDismissedFindings(appId: string, dismissedFindings: readonly string[]): void {
    const { id: _id, ...profile } = this.get(appId);
    this.#save(appId, { ...profile, dismissedFindings: [...dismissedFindings] });
  }

  /** Checked by whoever changes it: `AppConnections`. */
  setConnection(appId: string, connection: ConnectionSettings): App {
    const { id: _id, ...profile } = this.get(appId);
    return this.#save(appId, { ...profile, connection });
  }

  /** With its key, which destroys its tokens. Collection files stay: they are the user's own. */
  remove(appId: string): void {
    this.get(appId);
    this.#vault.removeApp(appId);
  }

  #save(appId: string, profile: AppProfile): App {
    const saved = { ...profile, allowedOrigins: unique(profile.allowedOrigins) };
    this.#vault.app(appId).saveProfile(saved);
    return { id: appId, ...saved };
  }

  #checkName(name: string, except?: string): void {
    if (this.list().some((app) => app.id !== except && sameName(app.name, name))) {
      throw new AppError('NAME_TAKEN', `There is an app named "${name}" already. Choose another name.`, {
        path: 'name',
      });
    }
  }
}

function originsOf(baseUrl: string | null): string[] {
  return baseUrl === null ? [] : [new URL(baseUrl).origin];
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
