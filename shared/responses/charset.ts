import { z } from 'zod';

/** What people can choose from, by the name that decoders know. */
export const CHARSETS = [
  'utf-8',
  'windows-1252',
  'iso-8859-15',
  'utf-16le',
  'utf-16be',
  'iso-8859-2',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'iso-8859-7',
  'windows-1254',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;

export const charsetSchema = z.enum(CHARSETS);

/** How a body is read as text. */
export interface BodyCharset {
  readonly charset: string;
  /** How much of it is not in that charset, and shows as U+FFFD: bytes in UTF-8, places in others. */
  readonly wrong: number;
}
