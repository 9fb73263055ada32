import type { Row } from '../../shared/responses/response-rows.ts';
import type { ByteSource } from '../spool/byte-source.ts';

/** Bytes in a row. */
const ROW_BYTES = 16;

export function countHexRows({ length }: ByteSource): number {
  return Math.ceil(length / ROW_BYTES);
}

/** Place, bytes and characters, as `hexdump -C` has it. */
export function hexRows(source: ByteSource, from: number, count: number): Row[] {
  const bytes = source.read(from * ROW_BYTES, (from + count) * ROW_BYTES);
  return Array.from({ length: Math.ceil(bytes.length / ROW_BYTES) }, (_, index) => {
    const row = bytes.subarray(index * ROW_BYTES, (index + 1) * ROW_BYTES);
    const half = (start: number) =>
      [...row.subarray(start, start + 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const place = ((from + index) * ROW_BYTES).toString(16).padStart(8, '0');
    const characters = row.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
    const text = `${place}  ${half(0).padEnd(23)}  ${half(8).padEnd(23)}  ${characters}`;
    return { line: 1, isContinued: true, text, marks: [] };
  });
}
