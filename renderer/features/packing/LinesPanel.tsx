import { useEffect, useRef, type ReactNode } from 'react';
import type { LineRef } from '@shared/domain/shipment-work';
import { Icon } from '../../components/icons/Icon';
import { Photo } from '../../components/photo/Photo';
import { useTexts } from '../../i18n/use-texts';
import { lineDensity, type LineDensity, type PackingLine } from './packing-view';
import styles from './LinesPanel.module.css';

export interface LinesPanelProps {
  readonly lines: readonly PackingLine[];
  readonly lastRef: LineRef | null;
}

const PHOTO_SIZE: Readonly<Record<LineDensity, string>> = {
  large: 'clamp(168px, 25vh, 300px)',
  medium: '96px',
  compact: '64px',
};

/** What goes into the box, in the order of the order; rows never move, so that the eye finds them again. */
export function LinesPanel({ lines, lastRef }: LinesPanelProps): ReactNode {
  const { t } = useTexts();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // The line just counted stays in sight however long the list is.
    list.current?.querySelector('[data-last="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [lastRef, lines]);
  const density = lineDensity(lines.length);
  return (
    <ol ref={list} className={`${styles['lines'] ?? ''} ${styles[density] ?? ''}`} aria-label={t('packing.lines')}>
      {lines.map((line) => (
        <LineRow key={line.ref} line={line} isLast={line.ref === lastRef} density={density} />
      ))}
    </ol>
  );
}

function LineRow({
  line,
  isLast,
  density,
}: {
  readonly line: PackingLine;
  readonly isLast: boolean;
  readonly density: LineDensity;
}): ReactNode {
  const { t } = useTexts();
  const isDone = line.counted >= line.due;
  const state = isDone ? styles['done'] : line.counted > 0 ? styles['begun'] : '';
  return (
    <li
      className={`${styles['line'] ?? ''} ${state ?? ''} ${isLast ? (styles['last'] ?? '') : ''}`}
      data-last={isLast}
      data-contrast=""
    >
      <Photo path={line.photo} size={PHOTO_SIZE[density]} />
      <div className={styles['goods']}>
        <p className={styles['title']}>{line.title}</p>
        {line.variantTitle === '' ? null : <p className={styles['variant']}>{line.variantTitle}</p>}
        {line.sku === '' ? null : <p className={`mono ${styles['sku'] ?? ''}`}>{line.sku}</p>}
      </div>
      <p className={styles['count']} data-no-clip="">
        <span className={styles['counted']}>{line.counted}</span>
        <span className={styles['due']}>{`/ ${line.due}`}</span>
      </p>
      <span className={styles['mark']}>
        {isDone ? <Icon name="check" size="100%" label={t('packing.lineDone')} /> : null}
      </span>
    </li>
  );
}
