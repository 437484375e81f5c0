import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-paths';
import styles from './Notice.module.css';

export interface NoticeProps {
  readonly tone: 'calm' | 'soft' | 'warn' | 'stop';
  readonly icon: IconName;
  readonly children: string;
  readonly action?: { readonly text: string; readonly onAct: () => void };
}

/** Trouble in the background, told in one line and never over the work. */
export function Notice({ tone, icon, children, action }: NoticeProps): ReactNode {
  return (
    <div
      className={`${styles['notice'] ?? ''} ${styles[tone] ?? ''}`}
      role={tone === 'stop' ? 'alert' : 'status'}
      data-contrast=""
    >
      <Icon name={icon} size={20} />
      <span className={styles['text']}>{children}</span>
      {action === undefined ? null : (
        <button type="button" className={styles['action']} onClick={action.onAct} data-target="">
          {action.text}
        </button>
      )}
    </div>
  );
}
