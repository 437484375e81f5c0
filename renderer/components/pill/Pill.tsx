import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-paths';
import styles from './Pill.module.css';

export type Tone = 'ok' | 'warn' | 'stop' | 'accent' | 'calm';

export interface PillProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly children: string;
  readonly title?: string;
}

/** A state as colour, shape and word together. */
export function Pill({ tone, icon, children, title }: PillProps): ReactNode {
  return (
    <span className={`${styles['pill'] ?? ''} ${styles[tone] ?? ''}`} title={title} data-contrast="">
      <Icon name={icon} size={16} />
      <span className={styles['word']}>{children}</span>
    </span>
  );
}
