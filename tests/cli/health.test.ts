import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SECRET, tessera, tesseraJson } from '../support/run-command.ts';
import { TemporaryHome } from '../support/temporary-vault.ts';

const home = new TemporaryHome();
const options = { home: home.path };
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

const reportSchema = z.strictObject({
  findings: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      severity: z.enum(['high', 'medium', 'low']),
      appId: z.uuid(),
      app: z.string(),
      tokenId: z.uuid().nullable(),
      token: z.string().nullable(),
      title: z.string(),
      advice: z.string(),
      isDismissed: z.boolean(),
    }),
  ),
  counts: z.strictObject({ high: z.int(), medium: z.int(), low: z.int() }),
  dismissed: z.int(),
  apps: z.int(),
  tokens: z.int(),
});

beforeAll(async () => {
  const { vault, apps, tokens } = await home.create();
  const good = apps.create({ name: 'Good' });
  const hinted = apps.create({ name: 'Hinted' });
  const bad = apps.create({ name: 'Bad' });
  const common = { scheme: 'bearer', name: 'main', expiresAt: inDays(60) } as const;
  tokens.add(good.id, { ...common, secret: 'a value of its own' });
  tokens.add(hinted.id, { ...common, secret: 'another of its own', expiresAt: null });
  tokens.add(bad.id, { ...common, secret: SECRET });
  tokens.add(bad.id, { ...common, secret: SECRET, name: 'copy' });
  const quiet = apps.create({ name: 'Quiet' });
  const { id } = tokens.add(quiet.id, { ...common, secret: 'one more', expiresAt: inDays(-1) });
  const worth = apps.create({ name: 'Worth' });
  tokens.add(worth.id, { ...common, secret: 'and one more', expiresAt: inDays(-1) });
  apps.setDismissedFindings(quiet.id, [`expired:${id}`]);
  vault.close();
});
afterAll(() => home[Symbol.dispose]());

describe('health', () => {
  it('exits with 1 where something is bad, and says what to do', async () => {
    const { code, stdout } = await tessera(['health'], options);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^high {4}Bad: copy of Bad and main of Bad have the same value\.\n {8}Keep one/m);
    expect(stdout).toMatch(/^low {5}Hinted: main never expires/m);
  });

  it('exits with 0 where there are hints at most', async () => {
    expect((await tessera(['health', '--app', 'Hinted'], options)).code).toBe(0);
    const good = await tessera(['health', '--app', 'Good'], options);
    expect(good).toMatchObject({ code: 0, stdout: 'Nothing to do: one token was looked at.\n' });
  });

  it('gives the findings as JSON, without secrets', async () => {
    const { code, value } = await tesseraJson(['health', '--app', 'Bad'], options);
    expect(code).toBe(1);
    expect(reportSchema.parse(value)).toMatchObject({
      findings: [{ kind: 'same-value', severity: 'high', app: 'Bad', token: 'copy' }],
      counts: { high: 1, medium: 0, low: 0 },
      apps: 1,
      tokens: 2,
    });
  });

  it('leaves out what was dismissed, and shows it with --all', async () => {
    const quiet = await tessera(['health', '--app', 'Quiet'], options);
    expect(quiet).toMatchObject({
      code: 0,
      stdout: 'Nothing to do: one token was looked at. 1 dismissed: --all shows them.\n',
    });
    const all = await tessera(['health', '--app', 'Quiet', '--all'], options);
    expect(all.code).toBe(0);
    expect(all.stdout).toMatch(/^medium {2}Quiet: main has expired\. \(dismissed\)\n/);
    const { value } = await tesseraJson(['health', '--app', 'Quiet', '--all'], options);
    expect(reportSchema.parse(value)).toMatchObject({
      findings: [{ kind: 'expired', isDismissed: true }],
      counts: { high: 0, medium: 0, low: 0 },
      dismissed: 1,
    });
  });

  it('exits with 1 where something is worth doing, and not serious', async () => {
    const { code } = await tessera(['health', '--app', 'Worth'], options);
    expect(code).toBe(1);
  });

  it('does not know an app that is not there', async () => {
    expect((await tessera(['health', '--app', 'None'], options)).stderr).toMatch(/^APP_NOT_FOUND: /);
  });
});
