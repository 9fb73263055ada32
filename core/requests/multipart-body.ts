import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { MultipartPart } from '../../shared/requests/request.ts';
import type { BodySegment } from './streamed-body.ts';

/** `multipart/form-data` as the HTML standard writes it (RFC 7578). File parts hold absolute paths. */
export function multipartBody(parts: readonly MultipartPart[]): {
  readonly segments: BodySegment[];
  readonly contentType: string;
} {
  const boundary = `tessera-${randomBytes(16).toString('hex')}`;
  const segments = parts.flatMap((part): BodySegment[] => [
    Buffer.from(`--${boundary}\r\n${headOf(part)}\r\n\r\n`),
    part.kind === 'file' ? { path: part.value } : Buffer.from(part.value),
    Buffer.from('\r\n'),
  ]);
  return {
    segments: [...segments, Buffer.from(`--${boundary}--\r\n`)],
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

function headOf({ kind, name, value, contentType }: MultipartPart): string {
  const disposition = `Content-Disposition: form-data; name="${escapeName(name)}"`;
  const type = contentType ?? (kind === 'file' ? 'application/octet-stream' : null);
  const file = kind === 'file' ? `; filename="${escapeName(basename(value))}"` : '';
  return `${disposition}${file}${type === null ? '' : `\r\nContent-Type: ${type}`}`;
}

/** The only three characters that would end the name or the line. */
function escapeName(name: string): string {
  return name.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
