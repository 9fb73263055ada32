import { describe, expect, it } from 'vitest';
import { ResponseStore } from '../../../core/responses/response-store.ts';
import { spoolOf } from '../../support/spool-of.ts';

function stored(text: string | Buffer, mediaType = 'application/json', charset: string | null = null) {
  return { body: spoolOf(Buffer.from(text)), mediaType, charset, fileName: 'a.json' };
}

describe('kept answers', () => {
  it('are read as text by the charset that the server named', () => {
    const store = new ResponseStore();
    const id = store.add(stored(Buffer.from([0xfc]), 'text/plain', 'iso-8859-1'));
    expect(store.text(id, false)).toBe('ü');
  });

  it('fall back to UTF-8 where the charset is unknown', () => {
    const store = new ResponseStore();
    expect(store.text(store.add(stored('ü', 'text/plain', 'x-unknown')), false)).toBe('ü');
  });

  it('are formatted only where they are JSON and it is asked for', () => {
    const store = new ResponseStore();
    const json = store.add(stored('{"a":1}', 'application/problem+json'));
    expect(store.text(json, true)).toBe('{\n  "a": 1\n}');
    expect(store.text(json, false)).toBe('{"a":1}');
    expect(store.text(store.add(stored('{"a":1}', 'text/plain')), true)).toBe('{"a":1}');
  });

  it('are closed with it, and can no longer be read', () => {
    const store = new ResponseStore();
    const response = stored('secret');
    const id = store.add(response);
    store.close(id);
    expect(() => response.body.toBuffer()).toThrow(expect.objectContaining({ code: 'RESPONSE_NOT_FOUND' }));
    expect(() => store.text(id, false)).toThrow(expect.objectContaining({ code: 'RESPONSE_NOT_FOUND' }));
  });

  it('are all closed by clear', () => {
    const store = new ResponseStore();
    const responses = [stored('one'), stored('two')];
    const ids = responses.map((each) => store.add(each));
    store.clear();
    for (const { body } of responses) expect(() => body.toBuffer()).toThrow();
    for (const id of ids) expect(() => store.get(id)).toThrow();
  });
});
