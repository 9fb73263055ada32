/** The charset that a `Content-Type` names, lower case; `null` where it names none. */
export function charsetOf(headers: readonly (readonly [name: string, value: string])[]): string | null {
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return /;\s*charset\s*=\s*"?([\w.:-]+)"?/i.exec(contentType)?.[1]?.toLowerCase() ?? null;
}
