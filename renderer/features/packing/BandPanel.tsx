import type { ReactNode } from 'react';
import { Icon } from '../../components/icons/Icon';
import { useTexts } from '../../i18n/use-texts';
import type { Band } from './band';
import styles from './BandPanel.module.css';

/** The band at the top: read from two metres. */
export function BandPanel({ band }: { readonly band: Band }): ReactNode {
  const { t } = useTexts();
  return (
    <section
      className={`${styles['band'] ?? ''} ${styles[band.tone] ?? ''}`}
      aria-live="assertive"
      data-band={band.tone}
      data-contrast=""
    >
      <span className={styles['icon']}>
        <Icon name={band.icon} size="100%" />
      </span>
      <div className={styles['texts']}>
        <h1 className={styles['now']} data-no-clip="">
          {band.now}
        </h1>
        {band.came === null ? (
          <p className={styles['detail']}>{band.detail}</p>
        ) : (
          <dl className={styles['compare']}>
            <div>
              <dt>{t('packing.came')}</dt>
              <dd>{band.came}</dd>
            </div>
            <div>
              <dt>{t('packing.expected')}</dt>
              <dd>{band.expected.join(' · ')}</dd>
            </div>
          </dl>
        )}
      </div>
      {band.came === null ? null : <p className={styles['clear']}>{band.detail}</p>}
    </section>
  );
}
