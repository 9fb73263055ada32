const WORDS: readonly (readonly string[])[] = [
  ['access', 'token'],
  ['refresh', 'token'],
  // As one provider's documentation spells it.
  ['refresh', 'tokne'],
  ['id', 'token'],
  ['auth', 'token'],
  ['session', 'token'],
  ['token'],
  ['secret'],
  ['client', 'secret'],
  ['session'],
  ['session', 'id'],
  ['password'],
  ['passwd'],
  ['api', 'key'],
  ['private', 'key'],
];

/**
 * JSON fields whose text is a secret whatever it is, with their quotes: in snake, kebab, camel and Pascal
 * case, and in capitals.
 */
export function secretFieldKeys(): Buffer[] {
  const names = new Set(WORDS.flatMap(spellings));
  return [...names].map((name) => Buffer.from(`"${name}"`));
}

function spellings(words: readonly string[]): string[] {
  const pascal = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  const snake = words.join('_');
  const camel = `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}`;
  return [snake, words.join('-'), words.join(''), camel, pascal, snake.toUpperCase()];
}
