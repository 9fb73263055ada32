import { useMemo, useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import type { LiveResponse, Response } from '../../shared/requests/response.ts';
import { describeWithheld } from '../../shared/requests/withheld.ts';
import type { Send, SendAnyway } from '../requests/sends-store.ts';
import { Badge, Banner, ErrorBanner } from '../ui/banner.tsx';
import { TabList, TabPanel, useTabState } from '../ui/tabs.tsx';
import { describeRateLimit } from './describe-rate-limit.ts';
import { HeaderList } from './header-list.tsx';
import { MaskedDialog } from './masked-dialog.tsx';
import { MaskedSwitch } from './masked-switch.tsx';
import { formatBytes, formatDuration } from './measures.ts';
import { ResponseBody } from './response-body.tsx';
import styles from './response-view.module.css';
import { SendFailure } from './send-failure.tsx';
import { Timeline } from './timeline.tsx';
import { useShownSecrets } from './use-shown-secrets.ts';

interface ResponseViewProps {
  readonly app: App;
  /** `undefined`: nothing was sent yet. */
  readonly send: Send | undefined;
  readonly onSend: (anyway: SendAnyway) => void;
  readonly onChooseToken: () => void;
}

/** What came back, or why nothing did. */
export function ResponseView({ app, send, onSend, onChooseToken }: ResponseViewProps) {
  if (send === undefined) {
    return (
      <section className={styles.empty} aria-label="Response">
        <p>The answer appears here. Ctrl+Enter sends.</p>
      </section>
    );
  }
  if (send.isPending && send.live !== null) {
    const { responseId, ...head } = send.live;
    return (
      <Answer
        key={responseId}
        responseId={responseId}
        head={head}
        receivedBytes={send.receivedBytes}
        response={null}
      />
    );
  }
  if (send.isPending) {
    return (
      <section className={styles.empty} aria-label="Response" aria-busy>
        <p role="status">Waiting for the answer…</p>
      </section>
    );
  }
  if (send.answer === null) {
    return (
      <SendFailure
        app={app}
        error={send.error}
        before={send.anyway}
        onSend={onSend}
        onChooseToken={onChooseToken}
      />
    );
  }
  const { responseId, response } = send.answer;
  return (
    <Answer
      key={responseId}
      responseId={responseId}
      head={response}
      receivedBytes={response.bodyBytes}
      response={response}
    />
  );
}

const VIEWS = ['Body', 'Headers', 'Timeline'] as const;
type View = (typeof VIEWS)[number];

interface AnswerProps {
  readonly responseId: string;
  readonly head: Omit<LiveResponse, 'responseId'>;
  readonly receivedBytes: number;
  /** `null` while it is still coming. */
  readonly response: Response | null;
}

function Answer({ responseId, head, receivedBytes, response }: AnswerProps) {
  const [view, setView] = useState<View>('Body');
  const views = useTabState(
    (response === null ? VIEWS.slice(0, 1) : VIEWS).map((id) => ({ id, label: id })),
    view,
    setView,
  );
  const secrets = useShownSecrets(responseId);
  const [isListing, setListing] = useState(false);
  const { status, statusText, mediaType } = head;
  const hasMasks = response !== null && response.redactions > 0;
  const onMask = useMemo(() => (hasMasks ? () => setListing(true) : null), [hasMasks]);
  return (
    <section className={styles.response} aria-label="Response" aria-busy={response === null}>
      <div className={styles.status}>
        <div className={styles.facts}>
          <strong
            className={styles.code}
            data-tone={status < 300 ? 'good' : status < 400 ? 'warn' : 'bad'}
            role="status"
          >
            {status} {statusText}
          </strong>
          {response === null ? (
            <span>{formatBytes(receivedBytes)} so far…</span>
          ) : (
            <>
              <Measures response={response} />
              {onMask !== null && (
                <MaskedSwitch redactions={response.redactions} secrets={secrets} onOpen={onMask} />
              )}
            </>
          )}
        </div>
        <TabList label="Parts of the answer" state={views} look="filled" />
      </div>
      {response !== null && <Notices response={response} />}
      <ErrorBanner error={secrets.error} />
      <TabPanel state={views} className={styles.view}>
        {view === 'Body' && (
          <ResponseBody
            responseId={secrets.shown?.responseId ?? responseId}
            mediaType={mediaType}
            isComplete={response !== null}
            receivedBytes={receivedBytes}
            onMask={onMask}
          />
        )}
        {response !== null && view === 'Headers' && (
          <HeaderList
            headers={secrets.shown?.headers ?? response.headers}
            trailers={response.trailers}
            onMask={onMask}
          />
        )}
        {response !== null && view === 'Timeline' && <Timeline response={response} />}
      </TabPanel>
      {isListing && <MaskedDialog responseId={responseId} onClose={() => setListing(false)} />}
    </section>
  );
}

function Measures({ response }: { readonly response: Response }) {
  const { timings, bodyBytes, httpVersion, attempts, rateLimit } = response;
  return (
    <>
      <span>{formatDuration(timings.totalMs)}</span>
      <span>{formatBytes(bodyBytes)}</span>
      <span>HTTP/{httpVersion}</span>
      {attempts.length > 0 && <Badge tone="warn">{attempts.length + 1} tries</Badge>}
      {rateLimit !== null && <span>{describeRateLimit(rateLimit)}</span>}
    </>
  );
}

function Notices({
  response: { hint, failure, hops, notices, assertions },
}: {
  readonly response: Response;
}) {
  const warnings = new Set(hops.flatMap((hop) => hop.warnings));
  const failed = assertions.filter(({ passed }) => !passed);
  return (
    <div className={styles.notices}>
      {failure !== null && (
        <Banner tone={failure.code === 'CANCELLED' ? 'warn' : 'bad'}>{failure.message}</Banner>
      )}
      {[...warnings].map((warning) => (
        <Banner key={warning} tone="bad">
          {warning}
        </Banner>
      ))}
      {hint !== null && <Banner tone="warn">{hint}</Banner>}
      {notices.map((notice) => (
        <Banner key={notice} tone="warn">
          {notice}
        </Banner>
      ))}
      {describeWithheld(hops).map((withheld) => (
        <Banner key={withheld} tone="warn">
          {withheld}
        </Banner>
      ))}
      {failed.map(({ message }) => (
        <Banner key={message} tone="bad">
          {message}
        </Banner>
      ))}
      {assertions.length > 0 && failed.length === 0 && (
        <Banner tone="good">
          {assertions.length === 1 ? 'The check holds.' : `All ${assertions.length} checks hold.`}
        </Banner>
      )}
    </div>
  );
}
