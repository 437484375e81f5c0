import type { ReactNode } from 'react';
import styles from './KeyCap.module.css';

/** A key of the keyboard, as it is printed on it. "Shift+F9" becomes two caps. */
export function KeyCap({ keys }: { readonly keys: string }): ReactNode {
  return (
    <span className={styles['keys']}>
      {keys.split('+').map((key) => (
        <kbd key={key} className={styles['cap']}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
