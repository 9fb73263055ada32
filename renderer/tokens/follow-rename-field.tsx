import { CheckField } from '../ui/fields.tsx';
import ui from '../ui/ui.module.css';
import { type FollowRename, requests } from './use-follow-rename.ts';

/** Asks whether saved requests follow a token that is renamed; nothing where none names it. */
export function FollowRenameField({ rename }: { readonly rename: FollowRename }) {
  const { files, unread, isWanted, setWanted } = rename;
  if (files === 0 && unread === 0) return null;
  const hint = unread === 0 ? undefined : `${fileCount(unread)} cannot be read, and may name it too.`;
  if (files === 0) return <p className={ui.hint}>{hint}</p>;
  return (
    <CheckField
      label={`Change the ${requests(files)} that ${files === 1 ? 'names' : 'name'} it, too`}
      isChecked={isWanted}
      onChange={setWanted}
      {...(hint === undefined ? {} : { hint })}
    />
  );
}

function fileCount(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}
