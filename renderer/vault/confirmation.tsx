import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { AppError, type Reply } from '../../shared/app-error.ts';
import { useVaultStatus } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { FormDialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/fields.tsx';

interface Question {
  readonly settle: (error: AppError | null) => void;
}

const useQuestion = create<{ readonly question: Question | null }>(() => ({ question: null }));

/**
 * Calls the main process; where it wants to be sure that the owner is there, asks for the passphrase and
 * calls again.
 *
 * @throws AppError of the call; `CANCELLED` where nobody confirms
 */
export async function confirmed<Value>(call: () => Promise<Reply<Value>>): Promise<Value> {
  try {
    return await unwrap(call());
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'CONFIRMATION_NEEDED') throw error;
  }
  await new Promise<void>((resolve, reject) => {
    const settle = (error: AppError | null) => {
      useQuestion.setState({ question: null });
      if (error === null) resolve();
      else reject(error);
    };
    useQuestion.setState({ question: { settle } });
  });
  return unwrap(call());
}

/** The vault was locked: nobody is asked any more. */
export function dropConfirmation(): void {
  useQuestion.getState().question?.settle(cancelled());
}

/** Where the question is asked; stands once in the window. */
export function ConfirmationDialog() {
  const question = useQuestion((state) => state.question);
  return question === null ? null : <Ask question={question} />;
}

function Ask({ question }: { readonly question: Question }) {
  const { data: status } = useVaultStatus();
  const hasPassphrase = status?.slots.some(({ kind }) => kind === 'passphrase') ?? true;
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  // A dialog behind this one takes the focus back until this one is known to be in front.
  useEffect(() => field.current?.focus(), []);
  const confirm = useMutation({
    mutationFn: () =>
      unwrap(
        tessera.vault.confirm(
          hasPassphrase ? { kind: 'passphrase', passphrase: typed } : { kind: 'recovery', code: typed },
        ),
      ),
    onSuccess: () => question.settle(null),
    onError: () => {
      setTyped('');
      field.current?.focus();
    },
  });
  return (
    <FormDialog
      title="Is it you?"
      action={confirm.isPending ? 'Checking…' : 'Confirm'}
      isReady={typed !== ''}
      isBusy={confirm.isPending}
      onClose={() => question.settle(cancelled())}
      onSubmit={() => confirm.mutate()}
    >
      <p>This needs {hasPassphrase ? 'the passphrase of your vault' : 'your recovery code'} once more.</p>
      <TextField
        ref={field}
        label={hasPassphrase ? 'Passphrase' : 'Recovery code'}
        type="password"
        value={typed}
        onChange={setTyped}
        autoFocus
      />
      <ErrorBanner error={confirm.error} />
    </FormDialog>
  );
}

function cancelled(): AppError {
  return new AppError('CANCELLED', 'It was not confirmed. Nothing was done.');
}
