import {
  PROVIDER_GROUPS,
  type ProviderGroup,
  type ProviderId,
  type ProviderSummary,
} from '../../shared/providers/provider.ts';
import { ComboField, type ComboGroup } from '../ui/combo-field.tsx';

const GROUP_LABELS: Readonly<Record<ProviderGroup, string>> = {
  communication: 'Telephony and chat',
  cloud: 'Cloud',
  development: 'Development',
  business: 'Planning and payments',
  general: 'Anything else',
};

/** Stands for no provider: an option needs a key of its own. */
const NONE = 'none';

interface ProviderFieldProps {
  readonly value: ProviderId | null;
  readonly providers: readonly ProviderSummary[];
  readonly onChange: (id: ProviderId | null) => void;
}

/** Which service it is: by groups, found by typing. */
export function ProviderField({ value, providers, onChange }: ProviderFieldProps) {
  return (
    <ComboField
      // Its text is made of the names, which have come when this changes.
      key={providers.length}
      label="Provider"
      value={value ?? NONE}
      groups={groupsOf(providers)}
      onChange={(id) => onChange(id === NONE ? null : id)}
      hint="Type to search. It fills in what is known of it."
    />
  );
}

function groupsOf(providers: readonly ProviderSummary[]): ComboGroup<ProviderId | typeof NONE>[] {
  return PROVIDER_GROUPS.map((group) => ({
    label: GROUP_LABELS[group],
    options: [
      ...(group === 'general' ? [{ value: NONE, label: 'Any other HTTP API' } as const] : []),
      ...providers
        .filter((provider) => provider.group === group)
        .map(({ id, name }) => ({ value: id, label: name })),
    ],
  }));
}
