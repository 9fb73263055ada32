import { ChevronDown } from 'lucide-react';
import {
  Button,
  ComboBox,
  Header,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Text,
} from 'react-aria-components';
import styles from './combo-field.module.css';
import ui from './ui.module.css';

/** About ten options, in pixels. */
const LIST_HEIGHT = 320;

interface ComboOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export interface ComboGroup<Value extends string> {
  readonly label: string;
  readonly options: readonly ComboOption<Value>[];
}

interface ComboFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly groups: readonly ComboGroup<Value>[];
  readonly onChange: (value: Value) => void;
  readonly hint?: string;
}

/** One of many, found by typing a part of its name; for a few, `SelectField` is shorter. */
export function ComboField<Value extends string>({
  label,
  value,
  groups,
  onChange,
  hint,
}: ComboFieldProps<Value>) {
  const options = groups.flatMap((group) => group.options);
  return (
    <ComboBox
      className={ui.field ?? ''}
      selectedKey={value}
      menuTrigger="focus"
      // Without a choice the text goes back to the one before.
      onSelectionChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
    >
      <Label className={ui.label ?? ''}>{label}</Label>
      <div className={styles.box}>
        <Input className={`${ui.input} ${styles.input}`} onFocus={(event) => event.target.select()} />
        <Button className={styles.button ?? ''}>
          <ChevronDown size={14} aria-hidden />
        </Button>
      </div>
      {hint !== undefined && (
        <Text slot="description" className={ui.hint ?? ''}>
          {hint}
        </Text>
      )}
      <Popover maxHeight={LIST_HEIGHT} className={`${ui.popover} ${styles.popover}`}>
        {/* A landmark of its own: it lies outside of the page's. */}
        <section aria-label={label} className={styles.section}>
          <ListBox className={styles.list ?? ''}>
            {groups.map((group) => (
              <ListBoxSection key={group.label} className={styles.group ?? ''}>
                <Header className={styles.groupLabel ?? ''}>{group.label}</Header>
                {group.options.map((option) => (
                  <ListBoxItem
                    key={option.value}
                    id={option.value}
                    textValue={option.label}
                    className={`${ui.menuItem} ${styles.option}`}
                  >
                    {option.label}
                  </ListBoxItem>
                ))}
              </ListBoxSection>
            ))}
          </ListBox>
        </section>
      </Popover>
    </ComboBox>
  );
}
