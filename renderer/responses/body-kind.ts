import type { RowLanguage } from './paint-row.ts';

/** Ways to look at a body. */
export type BodyMode = 'pretty' | 'raw' | 'events' | 'picture' | 'hex';

/** The ways that make sense for a media type; the first is the one it is shown in. */
export function modesFor(mediaType: string): readonly [BodyMode, ...BodyMode[]] {
  if (mediaType === 'text/event-stream') return ['events', 'raw', 'hex'];
  if (isJson(mediaType)) return ['pretty', 'raw', 'hex'];
  if (/^image\/(png|jpeg|gif|webp)$/.test(mediaType)) return ['picture', 'hex'];
  return isTextual(mediaType) ? ['raw', 'hex'] : ['hex', 'raw'];
}

export function languageOf(mediaType: string): RowLanguage {
  if (mediaType.includes('json')) return 'json';
  return /xml|html/.test(mediaType) ? 'xml' : 'text';
}

function isJson(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType === 'text/json' || mediaType.endsWith('+json');
}

/** HTML is shown as text like everything else: nothing that a server sends is ever rendered. */
function isTextual(mediaType: string): boolean {
  return (
    mediaType === '' ||
    mediaType.startsWith('text/') ||
    /json|xml|javascript|yaml|x-www-form-urlencoded|graphql/.test(mediaType)
  );
}
