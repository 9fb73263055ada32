import { QueryClientProvider } from '@tanstack/react-query';
import { createElement, type FunctionComponent } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/app-error.ts';
import { toColumnText } from '../../../shared/column-text.ts';
import { makeApp } from '../../support/sending.ts';

// What is asked for stays on its way: nothing is fetched where nothing is mounted.
vi.stubGlobal('window', { tessera: {} });
await import('../../../renderer/api/tessera.ts');
vi.unstubAllGlobals();
const { queryClient } = await import('../../../renderer/api/queries.ts');
const { CollectionTree } = await import('../../../renderer/collections/collection-tree.tsx');
const { HealthView } = await import('../../../renderer/health/health-view.tsx');
const { Home } = await import('../../../renderer/home/home.tsx');
const { withListing } = await import('../../../renderer/tokens/known-tokens.ts');
const { TokenList } = await import('../../../renderer/tokens/token-list.tsx');
const { TokensView } = await import('../../../renderer/tokens/tokens-view.tsx');
const { QueryError } = await import('../../../renderer/ui/query-state.tsx');

const app = makeApp();

function shown<Props extends object>(component: FunctionComponent<Props>, props: Props): string {
  const inside = createElement(component, props);
  return renderToStaticMarkup(createElement(QueryClientProvider, { client: queryClient }, inside));
}

afterEach(() => queryClient.clear());

const noTokens = withListing(undefined, { revision: 1, tokens: toColumnText([]), places: null, removed: [] });
const ofCollections = ['collections', app.id];

describe.each([
  ['tokens of the sidebar', () => shown(TokenList, { app }), ['tokens'], noTokens, 'No token yet.'],
  ['table of tokens', () => shown(TokensView, { app: null }), ['tokens'], noTokens, 'No token yet.'],
  ['collections', () => shown(CollectionTree, { app }), ofCollections, [], 'Saved requests live in'],
  ['strip of Home', () => shown(Home, {}), ['tokens'], noTokens, 'No token expires'],
] as const)('the %s', (_name, show, queryKey, none, whenEmpty) => {
  it('says nothing of being empty while it is on its way', () => {
    expect(show()).toContain('Loading…');
    expect(show()).not.toContain(whenEmpty);
  });

  it('says that it is empty once that is known', () => {
    queryClient.setQueryData(queryKey, none);
    expect(show()).toContain(whenEmpty);
    expect(show()).not.toContain('Loading…');
  });
});

it('Health finds nothing to do once it has looked', () => {
  expect(shown(HealthView, {})).not.toContain('Nothing to do');
  queryClient.setQueryData(['health', 'report'], { findings: [], tokens: 1, apps: 1 });
  expect(shown(HealthView, {})).toContain('Nothing to do');
});

it('a failure is told with its code and a way to ask again', () => {
  const error = new AppError('RECORD_DAMAGED', 'An entry could not be opened.');
  const html = renderToStaticMarkup(createElement(QueryError, { query: { error, refetch: vi.fn() } }));
  expect(html).toContain('RECORD_DAMAGED');
  expect(html).toContain('Try again');
});
