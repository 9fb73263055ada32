import { MASK } from '../../shared/redaction/mask.ts';
import type { Mark } from '../../shared/responses/response-rows.ts';

export type RowLanguage = 'json' | 'xml' | 'text';

/** A piece of a row: what it is in its language, and whether it was searched for or is masked. */
export interface PaintedPiece {
  readonly text: string;
  readonly tone: Tone | null;
  /** Place among the matches. */
  readonly match: number | null;
  readonly isMask: boolean;
}

type Tone = 'name' | 'string' | 'value';

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Stretch extends Span {
  readonly tone: Tone;
}

const JSON_TOKEN = /("(?:[^"\\]|\\.)*"?)(\s*:)?|(?<![\w.])(-?\d[\d.eE+-]*|true|false|null)(?![\w.])/g;
const XML_TOKEN = /<\/?[\w:.-]+|\/?>|\b[\w:.-]+(?==["'])|"[^"]*"|'[^']*'/g;

/** Splits a row by its language's tokens, by what was found in it and by what is masked. */
export function paintRow(text: string, language: RowLanguage, marks: readonly Mark[]): PaintedPiece[] {
  const stretches = language === 'json' ? jsonStretches(text) : language === 'xml' ? xmlStretches(text) : [];
  const masks = maskSpans(text);
  const cuts = [0, text.length];
  for (const { from, to } of [...stretches, ...marks, ...masks]) cuts.push(from, to);
  const places = [...new Set(cuts)].sort((left, right) => left - right);
  let stretch = 0;
  let mark = 0;
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1] ?? text.length;
    while ((stretches[stretch]?.to ?? to) <= from) stretch += 1;
    while ((marks[mark]?.to ?? to) <= from) mark += 1;
    const found = stretches[stretch];
    const searched = marks[mark];
    return {
      text: text.slice(from, to),
      tone: found !== undefined && found.from <= from ? found.tone : null,
      match: searched !== undefined && searched.from <= from ? searched.index : null,
      isMask: masks.some((mask) => mask.from <= from && to <= mask.to),
    };
  });
}

function maskSpans(text: string): Span[] {
  const spans: Span[] = [];
  for (let from = text.indexOf(MASK); from !== -1; from = text.indexOf(MASK, from + MASK.length)) {
    spans.push({ from, to: from + MASK.length });
  }
  return spans;
}

function jsonStretches(text: string): Stretch[] {
  return [...text.matchAll(JSON_TOKEN)].map(({ index, 0: all, 1: quoted, 2: colon }) => ({
    from: index,
    to: index + (quoted ?? all).length,
    tone: quoted === undefined ? 'value' : colon === undefined ? 'string' : 'name',
  }));
}

function xmlStretches(text: string): Stretch[] {
  return [...text.matchAll(XML_TOKEN)].map(({ index, 0: all }) => ({
    from: index,
    to: index + all.length,
    tone: /^[<>/]/.test(all) ? 'name' : /^["']/.test(all) ? 'string' : 'value',
  }));
}
