import type { ReactNode } from 'react';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-paths';
import styles from './Picture.module.css';

interface PictureTexts {
  readonly title: string;
  readonly hint?: string;
  /** What can be done about it. */
  readonly children?: ReactNode;
}

/** Data is on its way: never to be mistaken for "nothing there". */
export function LoadingPicture({ title, hint }: PictureTexts): ReactNode {
  return (
    <div className={styles['picture']} role="status" data-picture="loading">
      <div className={styles['bars']} aria-hidden="true">
        {[0, 1, 2, 3, 4].map((bar) => (
          <span key={bar} />
        ))}
      </div>
      <p className={styles['title']}>{title}</p>
      {hint === undefined ? null : <p className={styles['hint']}>{hint}</p>}
    </div>
  );
}

/** Everything was read, and there is nothing. */
export function EmptyPicture({
  title,
  hint,
  icon = 'box',
  children,
}: PictureTexts & { readonly icon?: IconName }): ReactNode {
  return (
    <div className={styles['picture']} data-picture="empty">
      <span className={styles['empty']}>
        <Icon name={icon} size={56} />
      </span>
      <p className={styles['title']}>{title}</p>
      {hint === undefined ? null : <p className={styles['hint']}>{hint}</p>}
      {children}
    </div>
  );
}

/** It could not be read. */
export function FailedPicture({ title, hint, children }: PictureTexts): ReactNode {
  return (
    <div className={styles['picture']} role="alert" data-picture="failed">
      <span className={styles['failed']}>
        <Icon name="wrong" size={56} />
      </span>
      <p className={styles['title']}>{title}</p>
      {hint === undefined ? null : <p className={styles['hint']}>{hint}</p>}
      {children}
    </div>
  );
}
