import { toColumnText } from '../../shared/column-text.ts';
import { countBySeverity } from '../../shared/health/finding.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function healthHandlers({ tessera: { health } }: ShellContext): FeatureHandlers<'health'> {
  return {
    'health.counts': async () => countBySeverity((await health.report(null)).findings),
    'health.report': async () => {
      const { findings, ...looked } = await health.report(null);
      return { ...looked, findings: toColumnText(findings) };
    },
    'health.setDismissed': (dismissal) => health.setDismissed(dismissal),
  };
}
