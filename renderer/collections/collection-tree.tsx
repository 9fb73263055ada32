import { useMutation } from '@tanstack/react-query';
import { ChevronRight, FolderOpen, FolderPlus, Play, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button as AriaButton, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import type { App } from '../../shared/apps/app.ts';
import type { CollectionItem, CollectionSummary } from '../../shared/collections/collection.ts';
import { refresh, useCollections, useTree } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { Section, SectionHint } from '../shell/section.tsx';
import { useTabs } from '../tabs/tabs-store.ts';
import workspace from '../tabs/workspace.module.css';
import { Banner, ErrorBanner } from '../ui/banner.tsx';
import { IconButton } from '../ui/button.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/fields.tsx';
import { Loading, QueryError } from '../ui/query-state.tsx';
import { useFocusKept } from '../ui/use-focus-kept.ts';
import styles from './collections.module.css';
import { RunDialog } from './run-dialog.tsx';

/** The app's collections, each a tree of folders and requests. */
export function CollectionTree({ app }: { readonly app: App }) {
  const asking = useCollections(app.id);
  const { data: collections = [] } = asking;
  const part = useRef<HTMLElement>(null);
  useFocusKept(part, collections.length, 'header button');
  const [isCreating, setCreating] = useState(false);
  const open = useMutation({
    mutationFn: () => unwrap(tessera.collections.open({ appId: app.id })),
    onSuccess: () => refresh('collections', 'apps'),
  });
  return (
    <Section
      ref={part}
      title="Collections"
      action={
        <span>
          <IconButton aria-label="Open a collection’s folder" onPress={() => open.mutate()}>
            <FolderOpen size={15} aria-hidden />
          </IconButton>
          <IconButton aria-label="New collection" onPress={() => setCreating(true)}>
            <FolderPlus size={15} aria-hidden />
          </IconButton>
        </span>
      }
    >
      <QueryError query={asking} />
      <ErrorBanner error={open.error} />
      {asking.isPending && <Loading />}
      {asking.isSuccess && collections.length === 0 && (
        <SectionHint>
          Saved requests live in collections: folders of files that git can keep. Save a request to start one.
        </SectionHint>
      )}
      {collections.map((collection) => (
        <Collection key={collection.id} app={app} collection={collection} />
      ))}
      {isCreating && <NewCollection app={app} onClose={() => setCreating(false)} />}
    </Section>
  );
}

function Collection({ app, collection }: { readonly app: App; readonly collection: CollectionSummary }) {
  const asking = useTree(app.id, collection.id);
  const { data: items = [] } = asking;
  const [isRunning, setRunning] = useState(false);
  const openSaved = useTabs((tabs) => tabs.openSaved);
  const open = useMutation({
    mutationFn: (path: string) =>
      unwrap(tessera.collections.read({ appId: app.id, collectionId: collection.id, path })),
    onSuccess: ({ name, request, path, version }) =>
      openSaved(app.id, name, request, { collectionId: collection.id, path, version }),
  });
  const close = () =>
    void tessera.collections
      .close({ appId: app.id, collectionId: collection.id })
      .then(() => refresh('collections', 'apps'));
  return (
    <div>
      <div className={styles.root}>
        <strong title={collection.id}>{collection.name}</strong>
        <IconButton
          aria-label={`Run ${collection.name}`}
          isDisabled={items.length === 0}
          onPress={() => setRunning(true)}
        >
          <Play size={14} aria-hidden />
        </IconButton>
        <IconButton aria-label={`Take ${collection.name} off the list`} onPress={close}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      {collection.problem === null ? (
        <>
          <QueryError query={asking} />
          <ErrorBanner error={open.error} />
        </>
      ) : (
        <Banner tone="bad">{collection.problem.message}</Banner>
      )}
      {asking.isPending && <Loading />}
      <Tree
        aria-label={collection.name}
        items={items}
        className={styles.tree ?? ''}
        onAction={(path) => isRequest(items, String(path)) && open.mutate(String(path))}
      >
        {(item) => <Item item={item} />}
      </Tree>
      {isRunning && <RunDialog app={app} collection={collection} onClose={() => setRunning(false)} />}
    </div>
  );
}

function Item({ item }: { readonly item: CollectionItem }) {
  return (
    <TreeItem id={item.path} textValue={item.name} className={styles.item ?? ''}>
      <TreeItemContent>
        {item.kind === 'folder' ? (
          <AriaButton slot="chevron" className={styles.chevron ?? ''}>
            <ChevronRight size={14} aria-hidden />
          </AriaButton>
        ) : (
          <span className={workspace.method} data-method={item.method ?? ''}>
            {item.method ?? '–'}
          </span>
        )}
        <span className={styles.name}>{item.name}</span>
      </TreeItemContent>
      {item.items.map((child) => (
        <Item key={child.path} item={child} />
      ))}
    </TreeItem>
  );
}

function isRequest(items: readonly CollectionItem[], path: string): boolean {
  return items.some((item) => (item.path === path ? item.kind === 'request' : isRequest(item.items, path)));
}

function NewCollection({ app, onClose }: { readonly app: App; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => unwrap(tessera.collections.create({ appId: app.id, name })),
    onSuccess: () => {
      refresh('collections', 'apps');
      onClose();
    },
  });
  return (
    <FormDialog
      title="New collection"
      action="Create"
      isBusy={create.isPending}
      onClose={onClose}
      onSubmit={() => create.mutate()}
    >
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      <ErrorBanner error={create.error} />
    </FormDialog>
  );
}
