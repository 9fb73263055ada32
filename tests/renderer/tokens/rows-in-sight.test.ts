import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEADING_HEIGHT, ROW_HEIGHT, rowsInSight } from '../../../renderer/tokens/rows-in-sight.ts';

const HEIGHT = 600;
const MOST = Math.ceil(HEIGHT / ROW_HEIGHT) + 17;
const sight = fc.record({
  rows: fc.nat(20_000),
  top: fc.nat(1_000_000),
  height: fc.constant(HEIGHT),
  focused: fc.option(fc.nat(20_000)),
});

describe('rows in sight', () => {
  it('cover what is shown, also at the end of ten thousand', () => {
    const rows = 10_000;
    const top = rows * ROW_HEIGHT + HEADING_HEIGHT - HEIGHT;
    const { first, end } = rowsInSight({ rows, top, height: HEIGHT, focused: null });
    expect(end).toBe(rows);
    expect(first * ROW_HEIGHT).toBeLessThanOrEqual(top);
  });

  it('are few, whatever there is and however far it is scrolled', () => {
    fc.assert(
      fc.property(sight, (given) => {
        const { first, end, places } = rowsInSight(given);
        expect(end - first).toBeLessThanOrEqual(MOST);
        expect(places).toEqual([...new Set(places)].sort((left, right) => left - right));
        for (const place of places) expect(place < given.rows && place >= 0).toBe(true);
        if (given.rows > 0) expect(end).toBeGreaterThan(first);
      }),
    );
  });

  it('hold the row that has the focus, wherever it is', () => {
    fc.assert(
      fc.property(sight, (given) => {
        const { places } = rowsInSight(given);
        const isThere = given.focused !== null && given.focused < given.rows;
        expect(places.includes(given.focused ?? -1)).toBe(isThere);
      }),
    );
  });
});
