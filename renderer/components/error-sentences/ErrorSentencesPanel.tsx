import type { ReactNode } from 'react';
import type { ErrorSentences } from '../../i18n/error-messages';
import { Icon } from '../icons/Icon';
import styles from './ErrorSentencesPanel.module.css';

export interface ErrorSentencesPanelProps {
  readonly sentences: ErrorSentences;
  /** Longer lists, such as the problems of a provision file. */
  readonly children?: ReactNode;
}

/** What happened, what it means for the parcel in hand, what to do next. */
export function ErrorSentencesPanel({ sentences, children }: ErrorSentencesPanelProps): ReactNode {
  return (
    <div className={styles['panel']} role="alert" data-contrast="">
      <Icon name="wrong" size={28} />
      <div>
        <p className={styles['happened']}>{sentences.happened}</p>
        <p>{sentences.means}</p>
        <p className={styles['next']}>
          <Icon name="forward" size={18} />
          {sentences.next}
        </p>
        {children}
      </div>
    </div>
  );
}
