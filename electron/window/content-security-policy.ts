/**
 * What the window's page may load: its own scripts and styles, nothing inline, nothing from elsewhere, and
 * no connection of its own (all HTTP is made by the main process).
 *
 * @param nonce fresh for each page; lets the code editor add its styles, and nothing else inline
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    // The one that lets nothing pass but the empty text: renderer/shell/allow-empty-html.ts.
    'trusted-types default',
  ].join('; ');
}
