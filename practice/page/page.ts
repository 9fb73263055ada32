import type { Context } from 'hono';
import { html } from 'hono/html';

/** What `html` makes: every text put into it is escaped. */
export type Markup = ReturnType<typeof html>;

/** Nothing but the page's own style is loaded, and no script runs. */
const POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'";

export const STYLE_PATH = '/practice.css';

/** A page for people. It is not cached, for it may show a token that was just made. */
export function page(context: Context, title: string, body: Markup, status: 200 | 400 | 403 | 404 = 200) {
  context.header('Content-Security-Policy', POLICY);
  context.header('Cache-Control', 'no-store');
  context.header('X-Content-Type-Options', 'nosniff');
  context.header('Referrer-Policy', 'same-origin');
  return context.html(
    html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${title} · Tessera practice API</title>
    <link rel="stylesheet" href="${STYLE_PATH}">
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${body}
    </main>
  </body>
</html>
`,
    status,
  );
}

export const STYLE = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 80rem; margin: 0 auto; padding: 32px 24px; }
h1 { font-size: 20px; margin: 0 0 8px; }
h2 { font-size: 16px; margin: 32px 0 8px; }
p { margin: 8px 0; max-width: 44rem; }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin-bottom: 12px; }
th, td { text-align: left; vertical-align: baseline; white-space: nowrap; padding: 4px 16px 4px 0; border-bottom: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
th { font-weight: 600; }
td { font-variant-numeric: tabular-nums; }
form { display: inline-flex; flex-wrap: wrap; gap: 8px; align-items: end; }
td:nth-child(2), td.scopes { white-space: normal; }
td:nth-child(2) code { white-space: nowrap; }
td.scopes { min-width: 9rem; }
td form + form { margin-left: 4px; }
td button { padding: 1px 8px; font-size: 13px; }
form + form { margin-left: 8px; }
.wide { overflow-x: auto; }
label { display: grid; gap: 2px; }
input, button { font: inherit; padding: 4px 8px; border-radius: 4px; border: 1px solid color-mix(in srgb, currentColor 40%, transparent); background: transparent; color: inherit; }
button { cursor: pointer; }
button.main { background: light-dark(#1d5fbf, #7fb0ff); color: light-dark(#fff, #0b1a30); border-color: transparent; }
:focus-visible { outline: 2px solid light-dark(#1d5fbf, #7fb0ff); outline-offset: 1px; }
.once { padding: 12px 16px; border: 1px solid currentColor; border-radius: 6px; }
`;
