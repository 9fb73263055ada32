import { isUtf8 } from 'node:buffer';
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/** Learns what was sent, and over which connection. */
export interface HeadListener {
  onHeadSent(socket: Socket, head: string): void;
}

/** What undici says as it writes a head. */
interface HeadMessage {
  readonly request: { readonly method: string };
  readonly headers: string;
  readonly socket: Socket;
}

let next: HeadListener | null = null;
let isSubscribed = false;

/**
 * Tells a request of its own head. To be called as undici starts the request: it writes the head in the same
 * turn, before any other.
 */
export function listenForHead(listener: HeadListener): void {
  if (!isSubscribed) {
    isSubscribed = true;
    subscribe('undici:client:sendHeaders', (message) => tell(message as HeadMessage));
  }
  next = listener;
}

function tell({ request, headers, socket }: HeadMessage): void {
  // A way through a proxy is asked for by a request that is none of the pipeline's.
  if (request.method === 'CONNECT') return;
  const listener = next;
  next = null;
  listener?.onHeadSent(socket, headers);
}

/** The lines of a head as undici writes it: HTTP/1.1 with the request line first, HTTP/2 with `:method` and the like. */
export function headLines(head: string): (readonly [string, string])[] {
  return asText(head)
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(': ', 1);
      return colon === -1 || /^[^\s:]+ /.test(line)
        ? [line, '']
        : [line.slice(0, colon), line.slice(colon + 2)];
    });
}

/** Undici takes a character for a byte; what is not ASCII was written as UTF-8, and secrets are looked for so. */
function asText(head: string): string {
  const bytes = Buffer.from(head, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : head;
}
