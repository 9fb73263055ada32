import { useState } from 'react';
import type { App } from '../../shared/apps/app.ts';
import { useCollections } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import type { Tab } from '../tabs/tabs-store.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { useSave } from './use-save.ts';

const NEW = '';

/** Where a request goes that was never saved. */
export function SaveDialog({
  app,
  tab,
  onClose,
}: {
  readonly app: App;
  readonly tab: Tab;
  readonly onClose: () => void;
}) {
  const { data: collections = [] } = useCollections(app.id);
  const [name, setName] = useState(() => suggestedName(tab));
  const [chosen, setChosen] = useState<string | null>(null);
  const [collectionName, setCollectionName] = useState('Requests');
  const [error, setError] = useState<unknown>(null);
  const save = useSave(app, tab);
  const collectionId = chosen ?? collections[0]?.id ?? NEW;
  const submit = async () => {
    try {
      const id =
        collectionId === NEW
          ? (await unwrap(tessera.collections.create({ appId: app.id, name: collectionName }))).id
          : collectionId;
      await save.mutateAsync({ name, collectionId: id });
      onClose();
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <FormDialog
      title="Save request"
      action="Save request"
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      <SelectField
        label="Collection"
        value={collectionId}
        options={[
          ...collections.map(({ id, name: label }) => ({ value: id, label })),
          { value: NEW, label: 'A new collection…' },
        ]}
        onChange={setChosen}
        hint="A folder of YAML files, one a request. The token is written as a reference, never its value."
      />
      {collectionId === NEW && (
        <TextField label="Name of the new collection" value={collectionName} onChange={setCollectionName} />
      )}
      <ErrorBanner error={error} />
    </FormDialog>
  );
}

function suggestedName({ request: { method, url } }: Tab): string {
  const [address = ''] = url.replace(/^[a-z]+:\/\//i, '').split(/[?#]/);
  const path = url.includes('://') ? address.replace(/^[^/]*/, '') : address;
  // Of a bare host, the host is all that tells it from others.
  return `${method} ${path.replace(/^\/+/, '') || address.replace(/\/+$/, '')}`.trim().slice(0, 100);
}
