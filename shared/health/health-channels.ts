import { type ChannelsOf, channel, nothing } from '../ipc-channel.ts';
import { dismissalSchema, type FindingCounts, type HealthReportText } from './finding.ts';

export const healthChannels = {
  /** How much the report holds: the report itself is long where there are many tokens. */
  'health.counts': channel<FindingCounts>()(nothing),
  'health.report': channel<HealthReportText>()(nothing),
  'health.setDismissed': channel<void>()(dismissalSchema),
} as const satisfies ChannelsOf<'health'>;
