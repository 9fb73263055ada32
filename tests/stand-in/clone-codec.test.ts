import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeClone, encodeClone } from '../../stand-in/page/clone-codec.ts';

function crossed(value: unknown): unknown {
  return decodeClone(encodeClone(value));
}

/** The kinds of values that fast-check makes and the structured clone algorithm keeps. */
const cloneable = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
  maxDepth: 4,
});

describe('values that cross IPC', () => {
  it('arrive as a structured clone would', () => {
    fc.assert(
      fc.property(cloneable, (value) => {
        expect(crossed(value)).toStrictEqual(structuredClone(value));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    undefined,
    null,
    NaN,
    Infinity,
    -Infinity,
    -0,
    10n ** 30n,
    '\ud800',
    new Date(NaN),
  ])('keep %o as it is', (value) => {
    expect(crossed({ value })).toStrictEqual({ value });
  });

  it('keep cycles, and one object in two places as one', () => {
    const shared = { name: 'shared' };
    const value: Record<string, unknown> = { first: shared, second: [shared] };
    value.self = value;
    const got = crossed(value) as { first: object; second: object[]; self: unknown };
    expect(got.self).toBe(got);
    expect(got.second[0]).toBe(got.first);
  });

  it('keep errors with their kind, message and cause', () => {
    const got = crossed(new RangeError('too far', { cause: new Error('why') })) as RangeError;
    expect(got).toBeInstanceOf(RangeError);
    expect(got.message).toBe('too far');
    expect((got.cause as Error).message).toBe('why');
  });

  it('keep a key named __proto__ as a key', () => {
    const got = crossed(JSON.parse('{"__proto__": {"polluted": true}}')) as object;
    expect(Object.keys(got)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
  });

  it.each([
    ['a function', () => 1],
    ['a function deep inside', { list: [{ call: () => 1 }] }],
    ['a symbol', Symbol('x')],
    ['a promise', Promise.resolve()],
  ])('refuse %s', (_name, value) => {
    expect(() => encodeClone(value)).toThrow('An object could not be cloned.');
  });
});
