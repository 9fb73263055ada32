import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ErrorLog } from '../../../electron/log/error-log.ts';

let folder: string;
const path = () => join(folder, 'logs', 'main.log');

describe('the log of unforeseen errors', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tessera-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('holds the id it answered, the place and where in the code it happened', () => {
    const id = new ErrorLog(path()).report(new TypeError('x'), 'tokens.add');
    const text = readFileSync(path(), 'utf8');
    expect(text).toContain(`${id} tokens.add TypeError`);
    expect(text).toContain('error-log.test.ts');
  });

  it('never holds the message, which may quote a secret, over however many lines', () => {
    new ErrorLog(path()).report(new Error('hunter2\n    and hunter3\nat hunter4'), 'vault.unlock');
    expect(readFileSync(path(), 'utf8')).not.toContain('hunter');
  });

  it('is readable by its owner only', () => {
    new ErrorLog(path()).report(new Error('x'), 'start');
    expect(statSync(path()).mode & 0o077).toBe(0);
  });

  it('starts anew past a megabyte and keeps the one before', () => {
    const log = new ErrorLog(path());
    log.report(new Error('x'), 'first');
    writeFileSync(path(), 'x'.repeat(1_000_001));
    log.report(new Error('x'), 'second');
    expect(statSync(`${path()}.1`).size).toBe(1_000_001);
    expect(readFileSync(path(), 'utf8')).toContain('second');
  });

  it('does not fail where it cannot be written', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(new ErrorLog(join(folder, 'file', 'main.log')).report(new Error('x'), 'start')).toMatch(
      /^[0-9a-f]{8}$/,
    );
  });
});
