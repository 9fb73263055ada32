import { countBySeverity } from '../../shared/health/finding.ts';
import type { FeatureHandlers } from '../ipc/handle-calls.ts';
import type { ShellContext } from '../shell-context.ts';

export function healthHandlers({ tessera: { health } }: ShellContext): FeatureHandlers<'health'> {
  return {
    'health.counts': async () => countBySeverity((await health.report(null)).findings),
    'health.report': () => health.report(null),
    'health.setDismissed': (dismissal) => health.setDismissed(dismissal),
  };
}
