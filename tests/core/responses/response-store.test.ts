import { afterEach, describe, expect, it } from 'vitest';
import { ResponseStore, type StoredResponse } from '../../../core/responses/response-store.ts';
import { Spool } from '../../../core/spool/spool.ts';
import { SpoolFolder } from '../../../core/spool/spool-folder.ts';
import { bodyReader } from '../../support/body-reader.ts';
import { spoolOf } from '../../support/spool-of.ts';

const store = new ResponseStore(bodyReader());
afterEach(() => store.clear());

function stored(
  text: string | Buffer,
  mediaType = 'application/json',
  charset: string | null = null,
): StoredResponse {
  return { body: spoolOf(Buffer.from(text as string)), mediaType, charset, fileName: 'a.json' };
}

async function textOf(id: string, kind: 'pretty' | 'raw' = 'raw'): Promise<string> {
  const { rows } = await store.ask(id, 'rows', { layout: { kind, columns: 1000 }, from: 0, count: 100 });
  return rows.map(({ text }) => text).join('\n');
}

const gone = expect.objectContaining({ code: 'RESPONSE_NOT_FOUND' });

describe('kept answers', () => {
  it('are read as text by the charset that the server named', async () => {
    expect(await textOf(store.add(stored(Buffer.from([0xfc]), 'text/plain', 'iso-8859-1')))).toBe('ü');
  });

  it('fall back to UTF-8 where the charset is unknown', async () => {
    expect(await textOf(store.add(stored('ü', 'text/plain', 'x-unknown')))).toBe('ü');
  });

  it('are laid out only where they are JSON and it is asked for', async () => {
    const json = store.add(stored('{"a":1}', 'application/problem+json'));
    expect(await textOf(json, 'pretty')).toBe('{\n  "a": 1\n}');
    expect(await textOf(json)).toBe('{"a":1}');
    expect(await textOf(store.add(stored('{"a":1}', 'text/plain')), 'pretty')).toBe('{"a":1}');
    expect(await textOf(store.add(stored('{"a":1,}')), 'pretty')).toBe('{"a":1,}');
  });

  it('can be read while they come, and are laid out when all of them is there', async () => {
    const body = new Spool(new SpoolFolder('unused'));
    const id = store.begin({ ...stored(''), body });
    body.append(Buffer.from('{"a":'));
    expect(await textOf(id, 'pretty')).toBe('{"a":');
    body.append(Buffer.from('1}'));
    expect(await textOf(id, 'pretty')).toBe('{"a":1}');
    body.end();
    store.complete(id);
    expect(await textOf(id, 'pretty')).toBe('{\n  "a": 1\n}');
  });

  it('are closed with their bodies, and can no longer be read', async () => {
    const response = stored('secret');
    const id = store.add(response);
    store.close(id);
    expect(() => response.body.toBuffer()).toThrow(gone);
    await expect(textOf(id)).rejects.toEqual(gone);
  });

  it('are all closed by clear, and whoever waits for one is told', async () => {
    const responses = [stored('one'), stored('two')];
    const ids = responses.map((each) => store.add(each));
    const waiting = textOf(ids[0] ?? '');
    store.clear();
    await expect(waiting).rejects.toEqual(gone);
    for (const { body } of responses) expect(() => body.toBuffer()).toThrow(gone);
    for (const id of ids) expect(() => store.get(id)).toThrow(gone);
  });
});
