const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/pdf': 'pdf',
  'application/xml': 'xml',
  'application/zip': 'zip',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/xml': 'xml',
};

/** A name under which an answer can be saved: the last part of its path, and an ending that fits. */
export function fileNameFor(url: string, mediaType: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const last = path.split('/').findLast((part) => part !== '') ?? '';
  const name =
    last
      .replace(/[^\w.-]+/g, '-')
      .replace(/^[.-]+|[.-]+$/g, '')
      .slice(0, 80) || 'response';
  const extension = EXTENSIONS[mediaType] ?? (mediaType.endsWith('+json') ? 'json' : 'bin');
  return name.toLowerCase().endsWith(`.${extension}`) ? name : `${name}.${extension}`;
}
