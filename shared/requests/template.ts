/** One piece of a template: text as it is, or a reference such as `{{host}}` or `{{$uuid}}`. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly name: string; readonly source: string };

const REFERENCE = /\{\{\s*(\$?[A-Za-z_][\w.-]*)\s*\}\}/g;

/**
 * Splits a template. Only `{{name}}` is special; everything else, lone braces included, is text.
 * Joining the parts' `text` and `source` gives the template back.
 */
export function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of template.matchAll(REFERENCE)) {
    if (match.index > end) parts.push({ kind: 'text', text: template.slice(end, match.index) });
    parts.push({ kind: 'reference', name: match[1] ?? '', source: match[0] });
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ kind: 'text', text: template.slice(end) });
  return parts;
}

/** Names that a template refers to, in order, each once. */
export function referencesIn(template: string): string[] {
  const names = parseTemplate(template).flatMap((part) => (part.kind === 'reference' ? [part.name] : []));
  return [...new Set(names)];
}

/**
 * Replaces every reference by what `lookUp` gives. What a look-up returns is not looked at again: a value
 * cannot smuggle in another reference.
 *
 * @param lookUp throws where a name is unknown
 */
export function fillTemplate(template: string, lookUp: (name: string) => string): string {
  return parseTemplate(template)
    .map((part) => (part.kind === 'text' ? part.text : lookUp(part.name)))
    .join('');
}
