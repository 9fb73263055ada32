import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './ui.module.css';

interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  readonly kind?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly children: ReactNode;
}

export function Button({ kind = 'plain', ...props }: ButtonProps) {
  return <AriaButton {...props} data-kind={kind} className={styles.button ?? ''} />;
}

/** A picture alone; `aria-label` says what it does. */
export function IconButton(props: ButtonProps & { readonly 'aria-label': string }) {
  return <AriaButton {...props} data-kind="quiet" className={`${styles.button} ${styles.icon}`} />;
}
