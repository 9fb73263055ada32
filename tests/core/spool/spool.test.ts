import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { piecesOf } from '../../../core/spool/byte-source.ts';
import { MEMORY_BYTES, Spool } from '../../../core/spool/spool.ts';
import { CHUNK_BYTES, ChunkBroken, SpoolFile } from '../../../core/spool/spool-file.ts';
import { SpoolFolder } from '../../../core/spool/spool-folder.ts';
import { killedWhileSpooling } from '../../support/killed-while-spooling.ts';

const path = mkdtempSync(join(tmpdir(), 'tessera-spool-'));
afterAll(() => rmSync(path, { recursive: true }));
const folder = new SpoolFolder(path);

/** Where a process can look at its open files. */
const onLinux = process.platform === 'linux';

/** A body past the limit of memory, in pieces of that many bytes. */
function longSpool(pieceBytes = 100_000, bytes = MEMORY_BYTES + 3 * CHUNK_BYTES + 17) {
  const body = randomBytes(bytes);
  const spool = new Spool(folder);
  for (let at = 0; at < body.length; at += pieceBytes) spool.append(body.subarray(at, at + pieceBytes));
  return { spool, body };
}

describe('a spool', () => {
  test('reads back what was put in, at any place, however it came, in memory and from its file', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1, 5000, MEMORY_BYTES, MEMORY_BYTES + 1, MEMORY_BYTES + 2 * CHUNK_BYTES),
        fc.constantFrom(33_333, CHUNK_BYTES, 1_000_000),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(200_000)), { maxLength: 8 }),
        (bytes, pieceBytes, ranges) => {
          const { spool, body } = longSpool(pieceBytes, bytes);
          using _ = spool;
          expect(spool.length).toBe(bytes);
          for (const [at, length] of ranges) {
            const start = Math.floor(at * bytes);
            expect(spool.read(start, start + length).equals(body.subarray(start, start + length))).toBe(true);
          }
          spool.end();
          expect(Buffer.concat([...piecesOf(spool)]).equals(body)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  test.skipIf(!onLinux)('keeps short bodies in memory, and opens no file', () => {
    const before = readdirSync('/proc/self/fd').length;
    using spool = new Spool(folder);
    spool.append(Buffer.alloc(MEMORY_BYTES));
    expect(spool.snapshot().file).toBeNull();
    expect(readdirSync('/proc/self/fd')).toHaveLength(before);
  });

  test.skipIf(!onLinux)(
    'has no name on the disk while it is open, and no plain byte of the body in its file',
    () => {
      const line = 'a line that is easy to find. ';
      using spool = new Spool(folder);
      for (let count = 0; count < 300_000; count += 1) spool.append(Buffer.from(line));
      const { file } = spool.snapshot();
      const written = readFileSync(`/proc/self/fd/${file?.descriptor}`);
      expect(written.length).toBeGreaterThan(MEMORY_BYTES);
      expect(written.includes(line.slice(0, 8))).toBe(false);
      expect(readdirSync(path)).toEqual([]);
    },
  );

  test('notices a byte that was changed in its file', () => {
    const { spool } = longSpool();
    using _ = spool;
    writeSync(spool.snapshot().file?.descriptor ?? -1, Buffer.from([1, 2, 3]), 0, 3, CHUNK_BYTES + 1000);
    expect(() => spool.read(CHUNK_BYTES, CHUNK_BYTES + 1)).toThrow(ChunkBroken);
    expect(spool.read(0, 1)).toHaveLength(1);
  });

  test.skipIf(!onLinux)('cannot be read with another key, nor with its chunks in other places', () => {
    const { spool } = longSpool();
    using _ = spool;
    const handle = spool.snapshot().file;
    if (handle === null) throw new Error('Not in a file.');
    const key = new Uint8Array(new SharedArrayBuffer(32));
    expect(() => SpoolFile.reading({ ...handle, key }).read(0)).toThrow(ChunkBroken);
    const sealed = readFileSync(`/proc/self/fd/${handle.descriptor}`).subarray(0, CHUNK_BYTES + 16);
    writeSync(handle.descriptor, sealed, 0, sealed.length, CHUNK_BYTES + 16);
    expect(() => spool.read(CHUNK_BYTES, CHUNK_BYTES + 1)).toThrow(ChunkBroken);
  });

  test('wipes its key when it is closed, and reads no more', () => {
    const { spool } = longSpool();
    const key = spool.snapshot().file?.key;
    spool.close();
    expect(key?.every((byte) => byte === 0)).toBe(true);
    expect(() => spool.read(0, 1)).toThrow(expect.objectContaining({ code: 'RESPONSE_NOT_FOUND' }));
  });

  test('keeps all that came where the disk takes no more, and says so', () => {
    const blocked = join(path, 'a-file');
    writeFileSync(blocked, '');
    using spool = new Spool(new SpoolFolder(join(blocked, 'spool')));
    spool.append(Buffer.alloc(MEMORY_BYTES, 'a'));
    expect(() => spool.append(Buffer.from('the rest'))).toThrow(
      expect.objectContaining({
        code: 'WRITE_FAILED',
        message: expect.stringContaining('What came until then'),
      }),
    );
    expect(spool.read(MEMORY_BYTES, MEMORY_BYTES + 100).toString()).toBe('the rest');
    rmSync(blocked);
  });
});

describe('the folder of spools', () => {
  test('holds nothing of a process that was killed', async () => {
    const other = join(path, 'other');
    await killedWhileSpooling(other);
    expect(readdirSync(other)).toEqual([]);
  });

  test('is cleared of what processes that are no more have left, and of nothing else', async () => {
    const other = join(path, 'third');
    const pid = await killedWhileSpooling(other);
    const names = [
      `${pid}-00000000-0000-4000-8000-000000000000`,
      `${process.pid}-11111111-0000-4000-8000-000000000000`,
      'mine.txt',
    ];
    for (const name of names) writeFileSync(join(other, name), '');
    const { descriptor } = new SpoolFolder(other).open();
    expect(existsSync(join(other, names[0] ?? ''))).toBe(false);
    expect(readdirSync(other).sort()).toEqual(names.slice(1).sort());
    SpoolFile.create(descriptor).close();
  });
});
