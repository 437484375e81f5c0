import type { ReactNode } from 'react';
import { ActionButton } from '../../components/action-button/ActionButton';
import { Barcode } from '../../components/barcode/Barcode';
import { useTexts } from '../../i18n/use-texts';
import { codeOfCommand, COMMANDS } from '../../scanning/command-codes';
import styles from './CommandSheet.module.css';

/** The sheet that hangs at the bench: every action of a shift as a barcode, printed from here. */
export function CommandSheet(): ReactNode {
  const { t } = useTexts();
  return (
    <div className={styles['panel']}>
      <header className={`${styles['head'] ?? ''} screen-only`}>
        <div>
          <h2 className={styles['title']}>{t('setUp.section.commands')}</h2>
          <p className={styles['hint']}>{t('commands.hint')}</p>
        </div>
        <ActionButton tone="primary" icon="printer" onAct={() => window.print()}>
          {t('commands.print')}
        </ActionButton>
      </header>
      <ul className={styles['sheet']}>
        {COMMANDS.map((command) => (
          <li key={command} className={styles['code']}>
            <p className={styles['name']}>{t(`commands.code.${command}`)}</p>
            <Barcode text={codeOfCommand(command)} name={t(`commands.code.${command}`)} heightPx={64} />
            <p className={`mono ${styles['text'] ?? ''}`}>{codeOfCommand(command)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
