import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { PracticeClock } from '../practice-clock.ts';
import { PROVIDER_TITLES } from '../provider-name.ts';
import { type Fields, formFields } from '../request-fields.ts';
import { sameText } from '../same-text.ts';
import type { IssuedToken } from '../token-book.ts';
import type { ShownToken, TokenDesk } from '../token-desk.ts';
import { type Markup, page } from './page.ts';

const MOST_ROWS = 25;
const MOST_SCOPES = 3;
const ADVANCES: readonly (readonly [string, number])[] = [
  ['One minute', 60],
  ['One hour', 3600],
  ['One day', 86_400],
  ['30 days', 30 * 86_400],
];
const LONGEST_LIFE_SECONDS = 366 * 86_400;

export interface TokenPage {
  readonly desks: readonly TokenDesk[];
  readonly clock: PracticeClock;
  readonly reset: () => void;
  /** What only our own pages know, so that a page elsewhere cannot send their forms. */
  readonly formToken: string;
}

/** The page at `/`: all tokens, masked, and forms that make, end and change them. A new value is shown once. */
export function tokenPage(options: TokenPage): Hono {
  const { desks, clock, reset } = options;
  const api = new Hono();
  api.get('/', (context) => page(context, 'Tessera practice API', startBody(options)));

  const onForm = (path: string, act: (context: Context, fields: Fields) => Response | Promise<Response>) =>
    api.post(path, async (context) => {
      const fields = await formFields(context.req);
      if (!sameText(fields.form ?? '', options.formToken)) {
        return page(context, 'Not from here', html`<p>This form is not from this page. ${BACK}</p>`, 403);
      }
      return act(context, fields);
    });
  const deskOf = ({ provider }: Fields) => desks.find((desk) => desk.provider === provider);

  onForm('/page/create', (context, fields) => {
    const { name = '', scopes = '', seconds = '' } = fields;
    const life = /^\d{1,9}$/.test(seconds) ? Number(seconds) : null;
    const desk = deskOf(fields);
    if (desk === undefined || name.trim() === '' || (seconds !== '' && life === null)) return wrong(context);
    if (life !== null && life > LONGEST_LIFE_SECONDS) return wrong(context);
    const made = desk.create({
      name: name.trim(),
      scopes: scopes.split(/[\s,]+/).filter((scope) => scope !== ''),
      expiresAt: life === null ? null : clock.now() + life * 1000,
    });
    return showOnce(context, made);
  });
  onForm('/page/regenerate', (context, fields) => {
    const made = deskOf(fields)?.regenerate(fields.id ?? '') ?? null;
    return made === null ? wrong(context) : showOnce(context, made);
  });
  onForm('/page/expire', (context, fields) =>
    deskOf(fields)?.expire(fields.id ?? '') === true ? toStart() : wrong(context),
  );
  onForm('/page/revoke', (context, fields) =>
    deskOf(fields)?.revoke(fields.id ?? '') === true ? toStart() : wrong(context),
  );
  onForm('/page/clock', (context, { advance }) => {
    const seconds = ADVANCES.find(([, each]) => String(each) === advance)?.[1];
    if (advance !== '0' && seconds === undefined) return wrong(context);
    if (seconds === undefined) clock.reset();
    else clock.advance(seconds);
    return toStart();
  });
  onForm('/page/reset', () => {
    reset();
    return toStart();
  });
  return api;
}

const BACK = html`<a href="/">Back to all tokens</a>`;

function startBody({ desks, clock, formToken }: TokenPage): Markup {
  const hidden = html`<input type="hidden" name="form" value="${formToken}">`;
  return html`<p>A server on this computer that answers as providers do, for trying tokens without an account. Its
    first tokens were printed where it was started.</p>
    <h2>Clock</h2>
    <p>Every expiry goes by <code>${new Date(clock.now()).toISOString()}</code>. Move it ahead by:</p>
    <form method="post" action="/page/clock">${hidden}
      ${ADVANCES.map(([label, seconds]) => html`<button name="advance" value="${seconds}">${label}</button>`)}
      <button name="advance" value="0">Back to now</button>
    </form>
    <form method="post" action="/page/reset">${hidden}<button>Reset everything</button></form>
    ${desks.map((desk) => deskSection(desk, hidden))}`;
}

function deskSection(desk: TokenDesk, hidden: Markup): Markup {
  const tokens = desk.list();
  const more = tokens.length - MOST_ROWS;
  const provider = html`${hidden}<input type="hidden" name="provider" value="${desk.provider}">`;
  return html`<h2>${PROVIDER_TITLES[desk.provider]}</h2>
    <div class="wide"><table>
      <thead>
        <tr><th>Name</th><th>Token</th><th>Scopes</th><th>State</th><th>Ends</th><th>Last used</th><th>Change</th></tr>
      </thead>
      <tbody>${tokens.slice(0, MOST_ROWS).map((token) => row(desk, token, provider))}</tbody>
    </table></div>
    ${more > 0 ? html`<p>And ${more} older ones.</p>` : ''}
    <form method="post" action="/page/create">${provider}
      <label>Name <input name="name" required maxlength="100"></label>
      <label>Scopes <input name="scopes" placeholder="${desk.exampleScopes}" size="32"></label>
      <label>Seconds to live <input name="seconds" inputmode="numeric" size="10"></label>
      <button>Make a token</button>
    </form>`;
}

function row(desk: TokenDesk, token: IssuedToken, provider: Markup): Markup {
  const state = desk.stateOf(token);
  const button = (action: string, label: string) =>
    html`<form method="post" action="/page/${action}">${provider}<input type="hidden" name="id" value="${token.id}"
      ><button aria-label="${label} ${token.name}">${label}</button></form>`;
  const actions = [
    ...(state === 'active' ? [button('expire', 'Expire')] : []),
    ...(state === 'revoked' ? [] : [button('revoke', 'Revoke'), button('regenerate', 'Regenerate')]),
  ];
  return html`<tr>
    <td>${token.name}</td>
    <td>${desk.hasTokenIds ? html`<code>${token.id}</code> ` : ''}<code>••••${token.ending}</code></td>
    <td class="scopes"><code>${shortList(token.scopes)}</code></td>
    <td>${state}</td>
    <td>${token.expiresAt === null ? 'never' : time(token.expiresAt)}</td>
    <td>${token.lastUsedAt === null ? 'never' : time(token.lastUsedAt)}</td>
    <td>${actions}</td>
  </tr>`;
}

function shortList(scopes: readonly string[]): string {
  const more = scopes.length - MOST_SCOPES;
  return scopes.slice(0, MOST_SCOPES).join(' ') + (more > 0 ? ` and ${more} more` : '');
}

function time(at: number): Markup {
  const text = new Date(at).toISOString().slice(0, 19);
  return html`<time datetime="${text}Z">${text.replace('T', ' ')}</time>`;
}

function showOnce(context: Context, { tokenId, secret }: ShownToken) {
  return page(
    context,
    'The new token',
    html`<p>It is shown this once.</p>
    <div class="once">
      ${tokenId === undefined ? '' : html`<p>Token ID: <code>${tokenId}</code></p>`}
      <p>Token: <code>${secret}</code></p>
    </div>
    <p>${BACK}</p>`,
  );
}

function wrong(context: Context) {
  return page(
    context,
    'That did not work',
    html`<p>There is no such token, or a field is wrong. ${BACK}</p>`,
    400,
  );
}

function toStart(): Response {
  return new Response(null, { status: 303, headers: { Location: '/' } });
}
