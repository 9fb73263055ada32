const HUES = 5;

/** Two letters for an app's tile, and which of the tile colours it has. */
export function monogram(name: string): { readonly letters: string; readonly hue: number } {
  const words = name.split(/[\s._-]+/).filter((word) => word !== '');
  const [first = '', second = ''] = words.length > 1 ? words.map((word) => [...word][0] ?? '') : [...name];
  const sum = [...name].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return { letters: (first + second).toUpperCase(), hue: sum % HUES };
}
