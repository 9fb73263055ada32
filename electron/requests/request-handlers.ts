import { charsetOf } from '../../core/responses/charset.ts';
import { fileNameFor } from '../../core/responses/file-name.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

/** The window is told of a growing answer this often at most. */
const PROGRESS_MS = 100;

export function requestHandlers({ tessera, responses, emit }: ShellContext): FeatureHandlers<'requests'> {
  const sending = new Map<string, AbortController>();
  return {
    'requests.send': async ({ sendId, appId, request, sendExpired }) => {
      const controller = new AbortController();
      sending.set(sendId, controller);
      try {
        const { response, body } = await tessera.send(appId, request, {
          sendExpired,
          signal: controller.signal,
          onProgress: atMostEvery(PROGRESS_MS, (receivedBytes) =>
            emit('requests.progress', { sendId, receivedBytes }),
          ),
        });
        const { mediaType } = response;
        const charset = charsetOf(response.headers);
        const fileName = fileNameFor(response.url, mediaType);
        return { responseId: responses.add({ body, mediaType, charset, fileName }), response };
      } finally {
        sending.delete(sendId);
      }
    },
    'requests.cancel': ({ sendId }) => sending.get(sendId)?.abort(),
  };
}

function atMostEvery(
  intervalMs: number,
  report: (receivedBytes: number) => void,
): (receivedBytes: number) => void {
  let last = 0;
  return (receivedBytes) => {
    const now = performance.now();
    if (now - last < intervalMs) return;
    last = now;
    report(receivedBytes);
  };
}
