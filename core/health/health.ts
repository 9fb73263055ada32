import type { App } from '../../shared/apps/app.ts';
import {
  type Dismissal,
  FINDING_SEVERITY,
  type Finding,
  type FindingKind,
  type HealthReport,
  SEVERITIES,
} from '../../shared/health/finding.ts';
import { compareNames } from '../../shared/name.ts';
import type { TokenListItem } from '../../shared/tokens/token.ts';
import type { Apps } from '../apps/apps.ts';
import { appFindings } from './app-findings.ts';
import type { SameValues } from './same-values.ts';
import { type Observation, tokenFindings } from './token-findings.ts';

export interface HealthOptions {
  readonly apps: Apps;
  readonly listTokens: () => TokenListItem[];
  readonly sameValues: SameValues;
  readonly now: () => Date;
}

/** Looks over everything that is kept, and says what could be better. */
export class Health {
  readonly #options: HealthOptions;

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  /** @param appId what concerns this app only; `null`: all */
  async report(appId: string | null): Promise<HealthReport> {
    const { apps, listTokens, sameValues, now } = this.#options;
    const allApps = apps.list();
    const allTokens = listTokens();
    const shown = appId === null ? allApps : allApps.filter(({ id }) => id === appId);
    const at = now();
    const findings = shown.flatMap((app) => {
      const own = allTokens.filter((token) => token.appId === app.id);
      return [
        ...appFindings(app).map(({ subject, ...observation }) => finding(app, null, observation, subject)),
        ...own.flatMap((token) =>
          tokenFindings(token, at).map((observation) => finding(app, token, observation, token.id)),
        ),
      ];
    });
    const groups = (await sameValues.find(allTokens)).filter((group) => isShown(group, shown));
    const duplicates = groups.flatMap((group) => duplicateOf(group, allApps));
    return {
      findings: unique([...duplicates, ...findings]).toSorted(bySeverity),
      apps: shown.length,
      tokens: allTokens.filter((token) => isShown([token], shown)).length,
    };
  }

  /** Kept with the app, sealed. @throws AppError `APP_NOT_FOUND` */
  setDismissed({ appId, findingId, isDismissed }: Dismissal): void {
    const { apps } = this.#options;
    const others = apps.get(appId).dismissedFindings.filter((id) => id !== findingId);
    apps.setDismissedFindings(appId, isDismissed ? [...others, findingId] : others);
  }
}

function finding(app: App, token: TokenListItem | null, observation: Observation, subject: string): Finding {
  const id = `${observation.kind}:${subject}`;
  return {
    ...observation,
    id,
    severity: FINDING_SEVERITY[observation.kind],
    appId: app.id,
    app: app.name,
    tokenId: token?.id ?? null,
    token: token?.name ?? null,
    isDismissed: app.dismissedFindings.includes(id),
  };
}

/** Of the group's first app: it is dismissed there. */
function duplicateOf(group: readonly TokenListItem[], apps: readonly App[]): Finding[] {
  const nameOf = (appId: string) => apps.find(({ id }) => id === appId)?.name ?? '';
  const ordered = group.toSorted(compareNames);
  const [first] = ordered;
  const app = apps.find(({ id }) => id === first?.appId);
  if (first === undefined || app === undefined) return [];
  const names = ordered.map(({ name, appId }) => `${name} of ${nameOf(appId)}`);
  const isOneApp = new Set(ordered.map(({ appId }) => appId)).size === 1;
  const observation: Observation = {
    kind: 'same-value',
    title: `${names.slice(0, -1).join(', ')} and ${names.at(-1)} have the same value.`,
    advice: isOneApp
      ? 'Keep one of them and remove the others, so that rotating it changes all there is.'
      : 'Give each app a token of its own at the provider: what leaks from one must not open the other.',
  };
  return [
    finding(
      app,
      first,
      observation,
      ordered
        .map(({ id }) => id.slice(0, 8))
        .sort()
        .join('+')
        .slice(0, 400),
    ),
  ];
}

function isShown(tokens: readonly TokenListItem[], apps: readonly App[]): boolean {
  return tokens.some(({ appId }) => apps.some(({ id }) => id === appId));
}

/** Two tokens may share several secrets: that is one finding. */
function unique(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((each) => [`${each.appId} ${each.id}`, each])).values()];
}

const KINDS = Object.keys(FINDING_SEVERITY) as FindingKind[];

function bySeverity(left: Finding, right: Finding): number {
  return (
    SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity) ||
    KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind) ||
    left.app.localeCompare(right.app) ||
    left.title.localeCompare(right.title)
  );
}
