import { ChevronLeft, ChevronRight, CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { memo, useState } from 'react';
import { keyOfFinding } from '../../shared/health/finding.ts';
import { PageRows } from '../shell/page.tsx';
import { Badge } from '../ui/banner.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import type { FindingGroup } from './finding-groups.ts';
import { FindingRow, type FindingWork } from './finding-row.tsx';
import styles from './health.module.css';

const ICONS = { high: CircleAlert, medium: TriangleAlert, low: Info } as const;

/** As many of a kind are shown unasked. */
const FEW = 5;

/** As many are in the page at once: there may be one for each of ten thousand tokens. */
const PAGE_SIZE = 50;

interface FindingListProps {
  readonly group: FindingGroup;
  readonly work: FindingWork;
}

/** The findings of a kind: one by itself, several under a heading with what to do about all of them. */
export const FindingList = memo(function FindingList({ group, work }: FindingListProps) {
  const { title, severity, advice, findings } = group;
  const [isWhole, setWhole] = useState(false);
  const [page, setPage] = useState(0);
  const count = findings.length;
  const last = Math.ceil(count / PAGE_SIZE) - 1;
  const shownPage = Math.min(page, last);
  const start = isWhole ? shownPage * PAGE_SIZE : 0;
  const shown = findings.slice(start, start + (isWhole ? PAGE_SIZE : FEW));
  const Icon = ICONS[severity];
  const isDismissed = findings[0]?.isDismissed ?? false;
  const several = count.toLocaleString();
  return (
    <section className={styles.group} data-severity={severity} data-single={count === 1} aria-label={title}>
      <Icon size={16} aria-hidden className={styles.icon} />
      {count > 1 && (
        <header className={styles.heading}>
          <div className={styles.about}>
            <h3>
              {title} <Badge>{several}</Badge>
            </h3>
            {advice !== null && <p className={styles.advice}>{advice}</p>}
          </div>
          <Button
            kind="quiet"
            data-finding="dismiss"
            aria-label={`${isDismissed ? 'Count again' : 'Dismiss'} all ${several}: ${title}`}
            onPress={() => work.setDismissed(findings, !isDismissed)}
          >
            {isDismissed ? 'Count all again' : `Dismiss all ${several}`}
          </Button>
        </header>
      )}
      <PageRows>
        {shown.map((finding) => (
          <FindingRow
            key={keyOfFinding(finding)}
            finding={finding}
            advice={count > 1 && advice !== null ? null : finding.advice}
            work={work}
          />
        ))}
      </PageRows>
      {count > FEW && (
        <footer className={styles.more}>
          <Button kind="quiet" aria-expanded={isWhole} onPress={() => setWhole(!isWhole)}>
            {isWhole ? 'Show fewer' : `Show all ${several}`}
          </Button>
          {isWhole && last > 0 && (
            <Pager
              page={shownPage}
              last={last}
              text={`${(start + 1).toLocaleString()}–${(start + shown.length).toLocaleString()} of ${several}`}
              of={title}
              onTurn={setPage}
            />
          )}
        </footer>
      )}
    </section>
  );
});

interface PagerProps {
  readonly page: number;
  readonly last: number;
  readonly text: string;
  readonly of: string;
  readonly onTurn: (page: number) => void;
}

function Pager({ page, last, text, of, onTurn }: PagerProps) {
  return (
    <>
      <p role="status">{text}</p>
      <IconButton
        aria-label={`Previous page of ${of}`}
        isDisabled={page === 0}
        onPress={() => onTurn(page - 1)}
      >
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <IconButton
        aria-label={`Next page of ${of}`}
        isDisabled={page === last}
        onPress={() => onTurn(page + 1)}
      >
        <ChevronRight size={16} aria-hidden />
      </IconButton>
    </>
  );
}
