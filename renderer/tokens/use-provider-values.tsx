import type { DayEnd } from '../../shared/tokens/expiry-date.ts';
import { type ComparedToken, providerValues } from '../../shared/tokens/provider-values.ts';
import { Button } from '../ui/button.tsx';
import { expiryText } from './expiry-text.ts';
import type { TokenDraft } from './token-draft.ts';

interface UseProviderValuesProps {
  /** As the editor has it. */
  readonly token: ComparedToken;
  readonly dayEnd: DayEnd | undefined;
  readonly onUse: (changes: Partial<TokenDraft>) => void;
}

/** Puts what the provider says into the fields, where that is something else; nothing where it is not. */
export function UseProviderValues({ token, dayEnd, onUse }: UseProviderValuesProps) {
  const { expiry, scopes } = providerValues(token);
  const parts = [...(expiry === undefined ? [] : ['expiry']), ...(scopes === undefined ? [] : ['scopes'])];
  if (parts.length === 0) return null;
  return (
    <Button
      onPress={() =>
        onUse({
          ...(expiry === undefined ? {} : { expires: expiryText(expiry, dayEnd) }),
          ...(scopes === undefined ? {} : { scopes }),
        })
      }
    >
      Use the provider’s {parts.join(' and ')}
    </Button>
  );
}
