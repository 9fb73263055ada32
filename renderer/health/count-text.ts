import type { Severity } from '../../shared/health/finding.ts';

/** "3 serious", "1 hint". */
export function countText(severity: Severity, count: number): string {
  const words = { high: 'serious', medium: 'worth doing', low: count === 1 ? 'hint' : 'hints' } as const;
  return `${count.toLocaleString()} ${words[severity]}`;
}
