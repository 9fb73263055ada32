import type { App } from '../../shared/apps/app.ts';
import {
  type Dismissal,
  FINDING_SEVERITY,
  type Finding,
  type FindingKind,
  type HealthReport,
  keyOfFinding,
} from '../../shared/health/finding.ts';
import { compareNames } from '../../shared/name.ts';
import { type TokenListItem, tokenIdSchema } from '../../shared/tokens/token.ts';
import type { Apps } from '../apps/apps.ts';
import { appFindings } from './app-findings.ts';
import { sameValueObservation } from './same-value-observation.ts';
import type { SameValues } from './same-values.ts';
import { type Observation, tokenFindings } from './token-findings.ts';

export interface HealthOptions {
  readonly apps: Apps;
  readonly listTokens: () => TokenListItem[];
  readonly sameValues: SameValues;
  readonly now: () => Date;
}

/** An app that is looked over, with the findings of it that its user lets be. */
interface ReviewedApp extends App {
  readonly dismissed: ReadonlySet<string>;
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
    const all = new Map(apps.list().map((app) => [app.id, reviewed(app)]));
    const allTokens = listTokens();
    const tokensOf = Map.groupBy(allTokens, (token) => token.appId);
    const shown = [...all.values()].filter(({ id }) => appId === null || id === appId);
    const at = now();
    const findings = shown.flatMap((app) => [
      ...appFindings(app).map(({ subject, ...observation }) => finding(app, null, observation, subject)),
      ...(tokensOf.get(app.id) ?? []).flatMap((token) =>
        tokenFindings(token, at).map((observation) => finding(app, token, observation, token.id)),
      ),
    ]);
    const groups = (await sameValues.find(allTokens)).filter(
      (group) => appId === null || group.some((token) => token.appId === appId),
    );
    return {
      findings: worstFirst([...duplicates(groups, all), ...findings]),
      apps: shown.length,
      tokens: shown.reduce((sum, { id }) => sum + (tokensOf.get(id)?.length ?? 0), 0),
    };
  }

  /**
   * Kept with each app, sealed. What was dismissed of tokens that are gone is forgotten on the way: where one of them
   * comes back, it is counted again.
   *
   * @throws AppError `APP_NOT_FOUND`, and then nothing is changed
   */
  setDismissed({ findings, isDismissed }: Dismissal): void {
    const { apps, listTokens } = this.#options;
    const tokens = new Set(listTokens().map(({ id }) => id));
    const ofApps = [...Map.groupBy(findings, ({ appId }) => appId)].map(([appId, keys]) => {
      const ids = new Set(keys.map(({ findingId }) => findingId));
      const others = apps.get(appId).dismissedFindings.filter((id) => !ids.has(id) && !isOfGone(id, tokens));
      return { appId, dismissed: isDismissed ? [...others, ...ids] : others };
    });
    for (const { appId, dismissed } of ofApps) apps.setDismissedFindings(appId, dismissed);
  }
}

/** Whether it is about one token, which is there no more. */
function isOfGone(findingId: string, tokens: ReadonlySet<string>): boolean {
  const subject = findingId.slice(findingId.indexOf(':') + 1);
  return tokenIdSchema.safeParse(subject).success && !tokens.has(subject);
}

function reviewed(app: App): ReviewedApp {
  return { ...app, dismissed: new Set(app.dismissedFindings) };
}

function finding(
  app: ReviewedApp,
  token: TokenListItem | null,
  observation: Observation,
  subject: string,
): Finding {
  const id = `${observation.kind}:${subject}`;
  return {
    ...observation,
    id,
    severity: FINDING_SEVERITY[observation.kind],
    appId: app.id,
    app: app.name,
    tokenId: token?.id ?? null,
    token: token?.name ?? null,
    isDismissed: app.dismissed.has(id),
  };
}

/** Each of its group's first app: it is dismissed there. */
function duplicates(
  groups: readonly (readonly TokenListItem[])[],
  apps: ReadonlyMap<string, ReviewedApp>,
): Finding[] {
  const nameOf = (appId: string) => apps.get(appId)?.name ?? '';
  const found = groups.flatMap((group) => {
    const [first] = group.toSorted(compareNames);
    const app = apps.get(first?.appId ?? '');
    if (first === undefined || app === undefined) return [];
    const { subject, ...observation } = sameValueObservation(group, nameOf);
    return [finding(app, first, observation, subject)];
  });
  // Two tokens may share several secrets: that is one finding.
  const unique = new Map(found.map((each) => [keyOfFinding(each), each]));
  return [...unique.values()].sort((left, right) => compareNames(namesIn(left), namesIn(right)));
}

function namesIn({ app, title }: Finding): { readonly name: string } {
  return { name: `${app} ${title}` };
}

const KINDS = Object.keys(FINDING_SEVERITY) as FindingKind[];

/** By kind; within one as they come, which is by the names of apps and tokens. */
function worstFirst(findings: readonly Finding[]): Finding[] {
  const ofKind = Map.groupBy(findings, ({ kind }) => kind);
  return KINDS.flatMap((kind) => ofKind.get(kind) ?? []);
}
