import { CircleCheck } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { countBySeverity, type Finding, SEVERITIES, type Severity } from '../../shared/health/finding.ts';
import { refresh, useApps, useHealth } from '../api/queries.ts';
import { AppDialog } from '../apps/app-dialog.tsx';
import { Page, PageSection } from '../shell/page.tsx';
import { Badge, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { FilterSelect, SearchField } from '../ui/list-filters.tsx';
import { QueryError } from '../ui/query-state.tsx';
import { countText } from './count-text.ts';
import { appsFoundIn, filterFindings, groupFindings } from './finding-groups.ts';
import { FindingList } from './finding-list.tsx';
import type { FindingWork } from './finding-row.tsx';
import styles from './health.module.css';
import { useDismissal } from './use-dismissal.ts';
import { useNextFocused } from './use-next-focused.ts';

const HEADINGS: Readonly<Record<Severity, string>> = {
  high: 'Serious',
  medium: 'Worth doing',
  low: 'Hints',
};
const SEVERITY_TONE = { high: 'bad', medium: 'warn', low: undefined } as const;

/** Past this many to search helps more than to scroll. */
const SEARCHED_FROM = 12;

const NONE: readonly never[] = [];

/** What could be better about tokens and apps, the worst first, each with what to do. */
export function HealthView() {
  const asking = useHealth();
  const { data: report } = asking;
  const { data: apps = NONE } = useApps();
  const [editedId, setEditedId] = useState<string | null>(null);
  const { setDismissed, error: failed } = useDismissal();
  const part = useRef<HTMLElement>(null);
  const findings = report?.findings ?? NONE;
  const noteFocus = useNextFocused(part, findings);
  const work: FindingWork = useMemo(
    () => ({
      editApp: setEditedId,
      setDismissed: (dismissed, isDismissed) => {
        noteFocus();
        setDismissed({ findings: dismissed, isDismissed });
      },
    }),
    [noteFocus, setDismissed],
  );
  const edited = apps.find(({ id }) => id === editedId);
  return (
    <Page ref={part} title="Health" note={<Counts findings={findings} />}>
      <QueryError query={asking} />
      <ErrorBanner error={failed} />
      {report === undefined ? (
        asking.isPending && <p className={styles.advice}>Looking over tokens and apps…</p>
      ) : (
        <Findings findings={findings} work={work} lookedAt={lookedAt(report.tokens, report.apps)} />
      )}
      {edited !== undefined && (
        <AppDialog
          app={edited}
          onClose={() => setEditedId(null)}
          onSaved={() => {
            setEditedId(null);
            refresh('health');
          }}
        />
      )}
    </Page>
  );
}

interface FindingsProps {
  readonly findings: readonly Finding[];
  readonly work: FindingWork;
  /** What was looked at, in words. */
  readonly lookedAt: string;
}

function Findings({ findings, work, lookedAt }: FindingsProps) {
  const [search, setSearch] = useState('');
  const [appId, setAppId] = useState('');
  const [isShowingDismissed, setShowingDismissed] = useState(false);
  // What is typed is painted first; what it finds follows.
  const sought = useDeferredValue(search);
  const found = useMemo(
    () => filterFindings(findings, sought, appId === '' ? null : appId),
    [findings, sought, appId],
  );
  const counted = useMemo(() => groupFindings(found.filter(({ isDismissed }) => !isDismissed)), [found]);
  const dismissed = useMemo(() => groupFindings(found.filter(({ isDismissed }) => isDismissed)), [found]);
  const dismissedCount = findings.filter(({ isDismissed }) => isDismissed).length;
  return (
    <>
      {findings.length >= SEARCHED_FROM && (
        <Filters
          search={search}
          onSearch={setSearch}
          appId={appId}
          onApp={setAppId}
          findings={findings}
          found={found.length}
        />
      )}
      {dismissedCount === findings.length && (
        <div className={styles.empty}>
          <CircleCheck size={28} aria-hidden />
          <h2>Nothing to do</h2>
          <p>{lookedAt}</p>
        </div>
      )}
      {found.length === 0 && findings.length > 0 && <p className={styles.advice}>No finding fits.</p>}
      {SEVERITIES.map((severity) => {
        const groups = counted.filter((group) => group.severity === severity);
        return groups.length === 0 ? null : (
          <PageSection key={severity} title={HEADINGS[severity]}>
            {groups.map((group) => (
              <FindingList key={group.kind} group={group} work={work} />
            ))}
          </PageSection>
        );
      })}
      {isShowingDismissed && dismissed.length > 0 && (
        <PageSection title="Dismissed">
          {dismissed.map((group) => (
            <FindingList key={group.kind} group={group} work={work} />
          ))}
        </PageSection>
      )}
      {dismissedCount > 0 && (
        <div>
          <Button onPress={() => setShowingDismissed(!isShowingDismissed)}>
            {isShowingDismissed
              ? 'Hide what was dismissed'
              : `Show ${dismissedCount.toLocaleString()} dismissed`}
          </Button>
        </div>
      )}
    </>
  );
}

interface FiltersProps {
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** Empty: of all apps. */
  readonly appId: string;
  readonly onApp: (appId: string) => void;
  /** All that there are. */
  readonly findings: readonly Finding[];
  /** How many of them pass. */
  readonly found: number;
}

function Filters({ search, onSearch, appId, onApp, findings, found }: FiltersProps) {
  const apps = useMemo(() => appsFoundIn(findings), [findings]);
  return (
    <div className={styles.filters}>
      <SearchField
        label="Search findings"
        placeholder="Search token or app…"
        value={search}
        onChange={onSearch}
      />
      <FilterSelect
        label="Of which app"
        value={appId}
        options={[
          { value: '', label: 'All apps' },
          ...apps.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={onApp}
      />
      <p className={styles.found} role="status">
        {foundText(found, findings.length)}
      </p>
    </div>
  );
}

function Counts({ findings }: { readonly findings: readonly Finding[] }) {
  const counts = countBySeverity(findings);
  return (
    <p className={styles.counts}>
      {SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => (
        <Badge key={severity} tone={SEVERITY_TONE[severity]}>
          {countText(severity, counts[severity])}
        </Badge>
      ))}
    </p>
  );
}

function foundText(found: number, all: number): string {
  return `${found === all ? '' : `${found.toLocaleString()} of `}${all.toLocaleString()} findings`;
}

function lookedAt(tokens: number, apps: number): string {
  if (tokens === 0) return 'There are no tokens yet. What could be better about them will be listed here.';
  const what = `${tokens === 1 ? 'One token' : `${tokens.toLocaleString()} tokens`} of ${apps === 1 ? 'one app' : `${apps} apps`}`;
  return `${what} ${tokens === 1 ? 'was' : 'were'} looked at: values kept twice, scopes, expiry, use, origins and certificates.`;
}
