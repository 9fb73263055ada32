import { useMutation } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import type { ProviderSummary } from '../../shared/providers/provider.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import { ErrorBanner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';

/** Leads to the page where people manage tokens of the provider, in their browser; nothing where none is known. */
export function OpenTokenPage({ provider: { name, tokenPage } }: { readonly provider: ProviderSummary }) {
  const open = useMutation({ mutationFn: (url: string) => unwrap(tessera.shell.openPage({ url })) });
  if (tokenPage === null) return null;
  return (
    <>
      <div>
        <Button onPress={() => open.mutate(tokenPage)}>
          <ExternalLink size={13} aria-hidden /> Token page of {name}
        </Button>
      </div>
      <ErrorBanner error={open.error} />
    </>
  );
}
