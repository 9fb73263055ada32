/** What XML 1.0 has no way to write, and what would turn the reading direction. */
const UNWRITABLE = /[^\P{Cc}\n\r\t]|[\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Text for XML or HTML, in an element or in an attribute: nothing in it is markup. */
export function escapeMarkup(text: string): string {
  return text
    .replace(UNWRITABLE, '\ufffd')
    .replace(/[&<>"'\n\r\t]/g, (character) => ENTITIES[character] ?? '');
}
