import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-paths';
import styles from './Segments.module.css';

export interface Segment<K extends string> {
  readonly key: K;
  readonly text: string;
  readonly icon?: IconName;
  readonly count?: string;
}

export interface SegmentsProps<K extends string> {
  readonly name: string;
  readonly segments: readonly Segment<K>[];
  readonly chosen: K;
  readonly onChoose: (key: K) => void;
}

/** One of a few, all in sight. */
export function Segments<K extends string>({ name, segments, chosen, onChoose }: SegmentsProps<K>): ReactNode {
  return (
    <div role="group" aria-label={name} className={styles['segments']}>
      {segments.map(({ key, text, icon, count }) => (
        <button
          key={key}
          type="button"
          aria-pressed={key === chosen}
          className={styles['segment']}
          onClick={() => onChoose(key)}
          data-target=""
        >
          {icon === undefined ? null : <Icon name={icon} size={20} />}
          <span>{text}</span>
          {count === undefined ? null : <span className={styles['count']}>{count}</span>}
        </button>
      ))}
    </div>
  );
}
