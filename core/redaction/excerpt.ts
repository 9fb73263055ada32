/**
 * The beginning of a text that comes from elsewhere, for people. It is masked first and shortened then: the
 * half of a secret would not be recognised.
 *
 * @param most characters; where there are more, `…` follows them
 */
export function excerpt(text: string, most: number, redact: (text: string) => string): string {
  const masked = redact(text);
  return masked.length > most ? `${masked.slice(0, most).toWellFormed()}…` : masked;
}
