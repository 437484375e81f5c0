import { useContext, type ReactNode } from 'react';
import type { Fact } from '@shared/domain/fact';
import { PeopleContext } from '../../state/people-context';
import { formatExact } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { describeFact } from './fact-text';
import type { QueueDetail } from './queue-view';
import styles from './WalkPanel.module.css';

export interface WalkPanelProps {
  readonly walk: readonly Fact[] | null;
  readonly lines: QueueDetail['lines'];
}

/** What happened to the shipment, in plain words, newest on top: who, when and how. */
export function WalkPanel({ walk, lines }: WalkPanelProps): ReactNode {
  const { t, language } = useTexts();
  const nameOfPerson = useContext(PeopleContext);
  if (walk === null) return null;
  const goodsOf = (lineId: string): string => lines.find((line) => line.key.endsWith(`|${lineId}`))?.name ?? lineId;
  return (
    <section className={styles['walk']}>
      <h3 className={styles['title']}>{t('queue.walk')}</h3>
      {walk.length === 0 ? <p className={styles['none']}>{t('queue.walkEmpty')}</p> : null}
      <ol>
        {walk.toReversed().map((fact) => (
          <li key={fact.factId}>
            <span>{describeFact(t, fact.body, goodsOf, nameOfPerson)}</span>
            <span className={styles['by']}>
              {`${formatExact(language, fact.at)} · ${fact.personId === null ? t('fact.byProgram') : nameOfPerson(fact.personId)} · ${t(`fact.method.${fact.method}`)}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
