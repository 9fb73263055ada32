import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AppError } from '../../shared/app-error.ts';
import type { MaskedField, MaskedValues } from '../../shared/responses/masked-value.ts';
import { refresh } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { Badge, ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, FormDialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/fields.tsx';
import { toast } from '../ui/toasts.tsx';
import ui from '../ui/ui.module.css';
import styles from './masked-dialog.module.css';

interface MaskedDialogProps {
  readonly responseId: string;
  readonly onClose: () => void;
}

/** What is masked in a body, without any of it, and a way into the vault for what is not there yet. */
export function MaskedDialog({ responseId, onClose }: MaskedDialogProps) {
  const { data: masked, error } = useQuery({
    queryKey: ['masked', responseId],
    queryFn: () => unwrap(tessera.responses.masked({ responseId })),
    gcTime: 0,
  });
  const [saving, setSaving] = useState<MaskedField | null>(null);
  if (saving !== null) {
    return <SaveMasked responseId={responseId} masked={saving} onClose={() => setSaving(null)} />;
  }
  return (
    <Dialog title="Masked in this answer" onClose={onClose}>
      <ErrorBanner error={error} />
      {masked !== undefined && (
        <>
          <ul className={styles.fields} aria-label="Masked fields">
            {masked.fields.map((each) => (
              <li key={each.index}>
                <code>{each.field}</code>
                <span className={styles.note}>{each.bytes} bytes</span>
                {each.isKnown ? (
                  <Badge>in the vault</Badge>
                ) : (
                  <Button aria-label={`Save ${each.field} to the vault`} onPress={() => setSaving(each)}>
                    Save to vault…
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <p className={styles.note}>{summary(masked)}</p>
        </>
      )}
      <div className={ui.actions}>
        <Button kind="primary" onPress={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}

function summary({ fields, masks, isIncomplete }: MaskedValues): string {
  const others = masks - fields.length;
  const parts = [
    fields.length === 0 ? 'No field of the body is masked by its name.' : '',
    others > 0 ? `${others} more in the body, known to the vault or beyond what is listed.` : '',
    isIncomplete ? 'There is too much to keep: the rest stays masked.' : '',
    'Values in headers, such as cookies, are masked too.',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const SCHEMES = [
  { value: 'bearer', label: 'Authorization: Bearer' },
  { value: 'header', label: 'A header of its own' },
  { value: 'query', label: 'A parameter of the URL' },
] as const;

interface SaveMaskedProps extends MaskedDialogProps {
  readonly masked: MaskedField;
}

function SaveMasked({ responseId, masked, onClose }: SaveMaskedProps) {
  const [name, setName] = useState(masked.field.replaceAll(/[_-]+/g, ' '));
  const [scheme, setScheme] = useState<(typeof SCHEMES)[number]['value']>('bearer');
  const [field, setField] = useState('');
  const save = useMutation({
    mutationFn: () =>
      unwrap(
        tessera.responses.saveMasked({
          responseId,
          index: masked.index,
          name,
          scheme,
          field: scheme === 'bearer' ? null : field,
        }),
      ),
    onSuccess: (token) => {
      refresh('tokens');
      toast(`Kept as ${token.name}. It never came to this window.`);
      onClose();
    },
  });
  const failedAt = save.error instanceof AppError ? save.error.details?.path : undefined;
  const problem = (path: string) =>
    failedAt === path && save.error instanceof AppError ? save.error.message : undefined;
  return (
    <FormDialog
      title={`Save ${masked.field} to the vault`}
      action="Save token"
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={() => save.mutate()}
    >
      <TextField label="Name" value={name} onChange={setName} error={problem('name')} autoFocus />
      <SelectField label="Sent as" value={scheme} options={SCHEMES} onChange={setScheme} />
      {scheme !== 'bearer' && (
        <TextField
          label={scheme === 'header' ? 'Name of the header' : 'Name of the parameter'}
          value={field}
          onChange={setField}
          error={problem('field')}
          isValue
        />
      )}
      {failedAt !== 'name' && failedAt !== 'field' && <ErrorBanner error={save.error} />}
    </FormDialog>
  );
}
