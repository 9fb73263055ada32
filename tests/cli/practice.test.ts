import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { practiceAnnouncementSchema } from '../../shared/practice/practice.ts';
import { COMMAND_SOURCE, commandEnvironment, tessera, tesseraJson } from '../support/run-command.ts';

function start(...args: string[]) {
  const child = spawn(process.execPath, [COMMAND_SOURCE, 'practice', ...args], {
    env: commandEnvironment({}),
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, firstLine: async () => String((await lines.next()).value) };
}

describe('practice', () => {
  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'announces itself in its first line with --json, and stops on %s',
    async (signal) => {
      const { child, firstLine } = start('--json');
      const { url, tokens } = practiceAnnouncementSchema.parse(JSON.parse(await firstLine()));
      expect(tokens[0]).toMatchObject({ provider: 'sipgate', scheme: 'basic', baseUrl: `${url}/v2` });
      expect((await fetch(`${url}/health`)).status).toBe(200);
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
      await expect(fetch(`${url}/health`)).rejects.toThrow();
    },
  );

  it('does not outlive a command that is killed', async () => {
    const { child, firstLine } = start('--json');
    const { url } = practiceAnnouncementSchema.parse(JSON.parse(await firstLine()));
    // Its output ends when the last process that holds it has ended.
    const ended = once(child.stdout, 'end');
    child.kill('SIGKILL');
    await ended;
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('exits with 2 for a port that is in use or is none', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = z.object({ port: z.int() }).parse(taken.address());
    expect(await tesseraJson(['practice', '--port', String(port)])).toMatchObject({
      code: 2,
      value: { error: { code: 'PRACTICE_PORT_IN_USE' } },
    });
    taken.close();
    expect((await tessera(['practice', '--port', 'many'])).stderr).toMatch(/^INVALID_INPUT: /);
  });
});
