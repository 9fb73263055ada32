import { describe, expect, it } from 'vitest';
import { paintRow } from '../../../renderer/responses/paint-row.ts';
import { MASK } from '../../../shared/redaction/mask.ts';

describe('a row with masks', () => {
  it('is split at each of them, within what it is in its language', () => {
    const text = `"Cookie": "a=${MASK}; b=${MASK}",`;
    const pieces = paintRow(text, 'json', []);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.filter(({ isMask }) => isMask)).toEqual([
      { text: MASK, tone: 'string', match: null, isMask: true },
      { text: MASK, tone: 'string', match: null, isMask: true },
    ]);
  });

  it('keeps them apart from a match that begins within', () => {
    const pieces = paintRow(`x${MASK}y`, 'text', [{ from: 3, to: 6, index: 0 }]);
    expect(pieces.map(({ text, isMask, match }) => [text, isMask, match])).toEqual([
      ['x', false, null],
      [MASK.slice(0, 2), true, null],
      [MASK.slice(2), true, 0],
      ['y', false, 0],
    ]);
  });
});
