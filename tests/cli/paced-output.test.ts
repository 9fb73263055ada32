import { beforeEach, expect, it, vi } from 'vitest';
import { PacedOutput } from '../../cli/paced-output.ts';

let written: string[];

beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  return () => vi.useRealTimers();
});

function outputTo({ isTTY }: { readonly isTTY: boolean }): PacedOutput {
  return new PacedOutput({ isTTY, write: (text) => written.push(text) });
}

it('writes each line at once on a terminal', () => {
  const output = outputTo({ isTTY: true });
  output.line('one');
  output.line('two');
  expect(written).toEqual(['one\n', 'two\n']);
});

it('writes several lines together elsewhere, and not later than a moment', () => {
  const output = outputTo({ isTTY: false });
  output.line('one');
  output.line('two');
  expect(written).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(written).toEqual(['one\ntwo\n']);
});

it('does not wait when there is much to write', () => {
  const output = outputTo({ isTTY: false });
  output.line('x'.repeat(20_000));
  expect(written).toHaveLength(1);
});

it('keeps nothing back at the end', () => {
  const output = outputTo({ isTTY: false });
  output.line('last');
  output.flush();
  vi.advanceTimersByTime(1000);
  expect(written).toEqual(['last\n']);
});
