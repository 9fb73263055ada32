import { useMutation, useQuery } from '@tanstack/react-query';
import { CHARSETS } from '../../shared/responses/charset.ts';
import { queryClient } from '../api/queries.ts';
import { tessera, unwrap } from '../api/tessera.ts';
import styles from './response-view.module.css';

const keyOf = (responseId: string) => ['charset', responseId];

/** How a body is read as text; asked anew when that was changed. */
export function useCharset(responseId: string, isComplete: boolean) {
  const { data } = useQuery({
    queryKey: keyOf(responseId),
    queryFn: () => unwrap(tessera.responses.charset({ responseId })),
    enabled: isComplete,
    gcTime: 0,
  });
  return data;
}

interface CharsetChoiceProps {
  readonly responseId: string;
  readonly charset: string;
}

export function CharsetChoice({ responseId, charset }: CharsetChoiceProps) {
  const choose = useMutation({
    mutationFn: (chosen: (typeof CHARSETS)[number]) =>
      unwrap(tessera.responses.chooseCharset({ responseId, charset: chosen })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf(responseId) }),
  });
  const isListed = CHARSETS.some((each) => each === charset);
  return (
    <select
      aria-label="Charset"
      className={styles.charset}
      value={charset}
      onChange={({ target: { value } }) => {
        const chosen = CHARSETS.find((each) => each === value);
        if (chosen !== undefined) choose.mutate(chosen);
      }}
    >
      {!isListed && <option>{charset}</option>}
      {CHARSETS.map((each) => (
        <option key={each}>{each}</option>
      ))}
    </select>
  );
}
