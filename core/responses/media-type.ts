/** The media type of an answer without parameters, lower case; empty where none was sent. */
export function mediaTypeOf(headers: readonly (readonly [name: string, value: string])[]): string {
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}
