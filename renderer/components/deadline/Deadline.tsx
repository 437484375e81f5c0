import type { ReactNode } from 'react';
import type { Instant } from '@shared/units/instant';
import { formatMoment, formatSpan } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { Icon } from '../icons/Icon';
import { deadlineTone } from './deadline-tone';
import styles from './Deadline.module.css';

export interface DeadlineProps {
  readonly now: Instant;
  readonly at: Instant;
  readonly because: 'platform-promise' | 'tier';
  /** Also say why and when, not only how long. */
  readonly full?: boolean;
}

/** How long is left, or how late it is, and which promise rules. */
export function Deadline({ now, at, because, full = false }: DeadlineProps): ReactNode {
  const { t, language } = useTexts();
  const tone = deadlineTone(now, at);
  const span = formatSpan(language, at - now);
  const left = at <= now ? t('time.late', { span }) : t('time.left', { span });
  const why = t(`because.${because}`);
  return (
    <span
      className={`${styles['deadline'] ?? ''} ${styles[tone] ?? ''}`}
      title={`${formatMoment(language, now, at)} · ${why}`}
    >
      <Icon name={tone === 'stop' ? 'warn' : 'clock'} size={16} />
      <span className={styles['left']}>{left}</span>
      {full ? <span className={styles['why']}>{`${formatMoment(language, now, at)} · ${why}`}</span> : null}
    </span>
  );
}
