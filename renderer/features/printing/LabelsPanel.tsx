import type { ReactNode } from 'react';
import { EmptyPicture } from '../../components/picture/Picture';
import { formatExact } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import type { LabelPicture } from './printing-view';
import styles from './LabelsPanel.module.css';

/** What came out of the practice warehouse's printer, newest first. */
export function LabelsPanel({ labels }: { readonly labels: readonly LabelPicture[] }): ReactNode {
  const { t, language } = useTexts();
  return (
    <aside className={styles['panel']} aria-label={t('printing.labels')}>
      <h2 className={styles['title']}>{t('printing.labels')}</h2>
      {labels.length === 0 ? (
        <EmptyPicture icon="tag" title={t('printing.labelsEmpty')} hint={t('printing.labelsEmptyHint')} />
      ) : (
        <ul className={styles['labels']}>
          {labels.map((label) => (
            <li key={label.id}>
              <figure className={styles['label']}>
                <img
                  src={label.path}
                  alt={t('printing.labelOf', { time: formatExact(language, label.printedAt) })}
                  loading="lazy"
                  decoding="async"
                />
                <figcaption>{formatExact(language, label.printedAt)}</figcaption>
              </figure>
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}
