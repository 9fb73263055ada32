import { describe, expect, it } from 'vitest';
import { PROVIDERS } from '../../../core/providers/providers.ts';
import {
  descriptionDraft,
  descriptionOf,
  NEW_DESCRIPTION,
  placesIn,
} from '../../../renderer/logins/login-draft.ts';
import { type LoginDescription, loginDescriptionSchema } from '../../../shared/logins/login.ts';

const PRESETS = PROVIDERS.flatMap(({ logins }) => logins ?? []);

/** Whatever white space stands in the JSON. */
function compact(description: LoginDescription): unknown {
  return JSON.parse(JSON.stringify(description), (key, value: unknown) =>
    key === 'text' && typeof value === 'string' ? JSON.parse(value) : value,
  );
}

describe('the form of a login', () => {
  it.each(PRESETS)('shows the login $id, and gives it back', ({ description }) => {
    const typed = loginDescriptionSchema.parse(descriptionOf(descriptionDraft(description)));
    expect(compact(typed)).toEqual(compact(description));
  });

  it('begins with one that can be used', () => {
    expect(loginDescriptionSchema.safeParse(descriptionOf(NEW_DESCRIPTION)).success).toBe(true);
  });

  it('asks for what the templates name', () => {
    const oldest = PRESETS.find(({ id }) => id === 'portsip-oauth');
    expect(oldest && [...placesIn(oldest.description)]).toEqual([
      'username',
      'password',
      'domain',
      'clientId',
      'refreshToken',
    ]);
  });
});
