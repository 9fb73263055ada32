import { type AppProfile, appProfileSchema } from '../../shared/apps/app.ts';
import { sameName } from '../../shared/name.ts';
import { isDefaultToken } from '../../shared/tokens/default-token.ts';
import type { AppFile } from '../vault/app-file.ts';

/** The app's default token, where it is one of these; else `null`. */
export function defaultAmong(file: AppFile, ids: readonly string[]): string | null {
  const profile = profileOf(file);
  const isAmong = file
    .records('token')
    .some(({ id, metadata }) => ids.includes(id) && isDefaultToken({ id, name: metadata.name }, profile));
  return isAmong ? profile.defaultToken : null;
}

/** The app's profile, to be written along with what makes another token its default, or none. */
export function withDefault(file: AppFile, defaultToken: string | null): AppProfile {
  return { ...profileOf(file), defaultToken };
}

/** The same where the default token is renamed; `undefined` where it is another one. */
export function withRenamedDefault(file: AppFile, from: string, to: string): AppProfile | undefined {
  const { defaultToken } = profileOf(file);
  return defaultToken !== null && sameName(defaultToken, from) ? withDefault(file, to) : undefined;
}

/** The same where another default was not chosen since; `undefined` where one was. */
export function withFormerDefault(file: AppFile, defaultToken: string | null): AppProfile | undefined {
  const isFree = profileOf(file).defaultToken === null;
  return defaultToken !== null && isFree ? withDefault(file, defaultToken) : undefined;
}

function profileOf(file: AppFile): AppProfile {
  return appProfileSchema.parse(file.profile());
}
