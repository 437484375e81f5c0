import type { ReactNode } from 'react';
import { Icon } from '../../components/icons/Icon';
import { KeyCap } from '../../components/key-cap/KeyCap';
import { useTexts } from '../../i18n/use-texts';
import type { PackingMoment } from './packing-view';
import { PACKING_KEYS } from './packing-keys';
import styles from './PrintQuestionPanel.module.css';

export interface PrintQuestionPanelProps {
  readonly question: Extract<PackingMoment, { kind: 'print-unknown' }>;
  readonly onAnswer: (printed: boolean) => void;
}

/**
 * Only a person can say what the printer did (I8). Two answers far apart, different in colour and shape; neither has the focus,
 * and nothing that a scanner sends chooses one, except the two command barcodes.
 */
export function PrintQuestionPanel({ question, onAnswer }: PrintQuestionPanelProps): ReactNode {
  const { t } = useTexts();
  return (
    <section className={styles['question']} role="alert" data-moment="print-unknown">
      <header className={styles['head']} data-contrast="">
        <Icon name="question" size={72} />
        <div>
          <h1 className={styles['title']} data-no-clip="">
            {t('packing.unknownTitle')}
          </h1>
          <p className={styles['detail']}>{t('packing.unknownDetail', { printer: question.printerName })}</p>
          {question.waybillNo === null ? null : <p className={styles['number']}>{question.waybillNo}</p>}
        </div>
      </header>
      <div className={styles['answers']}>
        <Answer
          icon="check"
          tone="yes"
          text={t('packing.unknownYes')}
          next={t('packing.unknownYesNext')}
          keys={PACKING_KEYS.printed}
          onChoose={() => onAnswer(true)}
        />
        <Answer
          icon="wrong"
          tone="no"
          text={t('packing.unknownNo')}
          next={t('packing.unknownNoNext')}
          keys={PACKING_KEYS.notPrinted}
          onChoose={() => onAnswer(false)}
        />
      </div>
    </section>
  );
}

interface AnswerProps {
  readonly icon: 'check' | 'wrong';
  readonly tone: 'yes' | 'no';
  readonly text: string;
  readonly next: string;
  readonly keys: string;
  readonly onChoose: () => void;
}

function Answer({ icon, tone, text, next, keys, onChoose }: AnswerProps): ReactNode {
  return (
    <button
      type="button"
      className={`${styles['answer'] ?? ''} ${styles[tone] ?? ''}`}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      data-target=""
      data-contrast=""
    >
      <Icon name={icon} size={64} />
      <span className={styles['answerText']}>{text}</span>
      <span className={styles['answerNext']}>{next}</span>
      <KeyCap keys={keys} />
    </button>
  );
}
