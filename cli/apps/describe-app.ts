import type { App } from '../../shared/apps/app.ts';
import { describeConnection } from '../connections/describe-connection.ts';
import { printable, table } from '../terminal.ts';

export function describeApp(app: App): string {
  const { id, name, provider, baseUrl, allowedOrigins, check, defaultToken, connection } = app;
  return [
    printable(name),
    `  id                  ${id}`,
    `  provider            ${provider ?? 'none'}`,
    `  base URL            ${baseUrl ?? 'none'}`,
    `  allowed origins     ${allowedOrigins.join(' ') || 'none: its tokens go nowhere'}`,
    `  check               ${check === null ? 'the provider’s' : `${check.method} ${check.path}`}`,
    `  default token       ${defaultToken === null ? 'none' : printable(defaultToken)}`,
    ...describeConnection(connection)
      .split('\n')
      .map((line) => `  ${line}`),
  ].join('\n');
}

export function appTable(apps: readonly App[]): string {
  if (apps.length === 0) return 'No apps yet. `tessera app add NAME` keeps one.';
  const rows = apps.map(({ name, provider, baseUrl, allowedOrigins }) => [
    name,
    provider ?? '–',
    baseUrl ?? '–',
    allowedOrigins.join(' ') || '–',
  ]);
  return table(['NAME', 'PROVIDER', 'BASE URL', 'ALLOWED ORIGINS'], rows);
}
