import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-paths';
import type { Tone } from '../pill/Pill';
import styles from './FilterChip.module.css';

export interface FilterChipProps {
  readonly children: string;
  /** Already formatted; null while it is not known. */
  readonly count: string | null;
  readonly isOn: boolean;
  readonly onToggle: () => void;
  readonly icon?: IconName;
  readonly tone?: Tone;
}

/** A filter with its counter; pressed or not is told by frame, weight and aria-pressed. */
export function FilterChip({ children, count, isOn, onToggle, icon, tone = 'calm' }: FilterChipProps): ReactNode {
  return (
    <button
      type="button"
      className={`${styles['chip'] ?? ''} ${styles[tone] ?? ''}`}
      aria-pressed={isOn}
      onClick={onToggle}
      data-target=""
    >
      {icon === undefined ? null : <Icon name={icon} size={18} />}
      <span>{children}</span>
      {count === null ? null : <span className={styles['count']}>{count}</span>}
    </button>
  );
}
