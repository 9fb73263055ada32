import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ProviderId } from '../../shared/providers/provider.ts';
import { tokenSchemeSchema } from '../../shared/tokens/token.ts';
import { PracticeApi } from '../support/practice-api.ts';
import { tessera, tesseraJson } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

const FOUR = ['sipgate', 'virtuozzo', 'portsip', 'airfocus'] as const satisfies readonly ProviderId[];

const home = new TemporaryHome();
let practice: PracticeApi;

/** One app for each of the four, with the tokens that the practice API announces, and a wrong one. */
beforeAll(async () => {
  practice = await PracticeApi.start();
  const { vault, apps, tokens } = await home.create();
  for (const provider of FOUR) {
    const made = practice.server.tokens.filter((each) => each.provider === provider);
    const { baseUrl = null } = made[0] ?? {};
    const app = apps.create({ name: provider, provider, baseUrl });
    for (const [index, each] of made.entries()) {
      const { field = null, tokenId = null, secret } = each;
      const scheme = tokenSchemeSchema.parse(each.scheme);
      const common = { scheme, field, tokenId };
      tokens.add(app.id, {
        ...common,
        name: `${index === 0 ? 'First' : index + 1}: ${each.note}`.slice(0, 80),
        secret,
      });
      if (index === 0) tokens.add(app.id, { ...common, name: 'mistyped', secret: 'wrong-0000' });
    }
  }
  vault.close();
});
afterAll(async () => {
  await practice[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});
beforeEach(() => practice.control('reset'));

const resultsSchema = z.array(
  z.object({
    name: z.string(),
    app: z.enum(FOUR),
    outcome: z.string(),
    limited: z.boolean(),
    message: z.string(),
  }),
);

describe('token check at the practice API', () => {
  it('tells for each of the four what works, what is wrong or expired, and what lacks a scope', async () => {
    const { code, value } = await tesseraJson(['token', 'check', '--all'], { home: home.path });
    expect(code).toBe(1);
    const results = resultsSchema.parse(value);
    const of = (app: ProviderId, part: string) =>
      results
        .filter((each) => each.app === app && each.name.includes(part))
        .map(({ outcome, limited }) => [outcome, limited]);
    for (const app of FOUR) {
      expect(of(app, 'mistyped'), app).toEqual([['refused', false]]);
      expect(of(app, 'Expired'), app).toEqual([['refused', false]]);
      expect(of(app, 'First'), app).toEqual([['accepted', false]]);
    }
    for (const [app, part] of [
      ['sipgate', 'Lacks account:read'],
      ['virtuozzo', 'May only stop'],
      ['airfocus', 'Has team:read only'],
    ] as const) {
      expect(of(app, part), app).toEqual([['accepted', true]]);
    }
  });

  it('does not take too many requests for a bad token', async () => {
    await practice.control('limits?airfocus=0');
    const { code, stdout } = await tessera(['token', 'check', '--all', '--app', 'airfocus'], {
      home: home.path,
    });
    expect(code).toBe(5);
    expect(stdout).toMatch(/^\? .*X-RateLimit-Reset says when to go on/m);
    expect(stdout).toMatch(/^0 accepted, 0 refused, \d unclear$/m);
  });
});
