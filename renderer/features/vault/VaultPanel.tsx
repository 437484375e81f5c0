import { useState, type ReactNode } from 'react';
import { ActionButton } from '../../components/action-button/ActionButton';
import { ErrorSentencesPanel } from '../../components/error-sentences/ErrorSentencesPanel';
import { TextField } from '../../components/field/TextField';
import { Icon } from '../../components/icons/Icon';
import type { ErrorSentences } from '../../i18n/error-messages';
import { useTexts } from '../../i18n/use-texts';
import styles from './VaultPanel.module.css';

export interface UnlockPanelProps {
  readonly busy: boolean;
  readonly problem: ErrorSentences | null;
  readonly onUnlock: (passphrase: string) => void;
}

/** The passphrase that seals this station's keys; asked once after each start. */
export function UnlockPanel({ busy, problem, onUnlock }: UnlockPanelProps): ReactNode {
  const { t } = useTexts();
  const [passphrase, setPassphrase] = useState('');
  const unlock = (): void => {
    if (passphrase !== '') onUnlock(passphrase);
  };
  return (
    <div className={styles['page']} data-screen="unlock">
      <section className={styles['card']}>
        <span className={styles['shape']}>
          <Icon name="lock" size={48} />
        </span>
        <h1 className={styles['title']}>{t('vault.unlockTitle')}</h1>
        <p className={styles['text']}>{t('vault.unlockText')}</p>
        <TextField
          label={t('vault.passphrase')}
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          autoFocus
          onEnter={unlock}
        />
        {problem === null ? null : <ErrorSentencesPanel sentences={problem} />}
        <ActionButton tone="primary" large busy={busy} disabled={passphrase === ''} onAct={unlock}>
          {t('vault.unlock')}
        </ActionButton>
      </section>
    </div>
  );
}

const SHORTEST = 10;

export interface CreateVaultPanelProps {
  readonly busy: boolean;
  readonly problem: ErrorSentences | null;
  readonly onPassphrase: (passphrase: string) => void;
  readonly onKeyFile: () => void;
}

/** This computer has no keyring: how its keys are to be kept is an administrator's choice, made once. */
export function CreateVaultPanel({ busy, problem, onPassphrase, onKeyFile }: CreateVaultPanelProps): ReactNode {
  const { t } = useTexts();
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const tooShort = passphrase !== '' && passphrase.length < SHORTEST;
  const differs = again !== '' && again !== passphrase;
  const isGood = passphrase.length >= SHORTEST && again === passphrase;
  return (
    <div className={styles['page']} data-screen="create-vault">
      <section className={styles['card']}>
        <span className={styles['shape']}>
          <Icon name="key" size={48} />
        </span>
        <h1 className={styles['title']}>{t('vault.createTitle')}</h1>
        <p className={styles['text']}>{t('vault.createText')}</p>
        <TextField
          label={t('vault.newPassphrase')}
          type="password"
          value={passphrase}
          onChange={setPassphrase}
          hint={t('vault.passphraseHint')}
          problem={tooShort ? t('error.passphrase-too-short.next') : null}
          autoFocus
        />
        <TextField
          label={t('vault.again')}
          type="password"
          value={again}
          onChange={setAgain}
          problem={differs ? t('vault.differs') : null}
        />
        {problem === null ? null : <ErrorSentencesPanel sentences={problem} />}
        <ActionButton tone="primary" large busy={busy} disabled={!isGood} onAct={() => onPassphrase(passphrase)}>
          {t('vault.usePassphrase')}
        </ActionButton>
        <div className={styles['other']}>
          <p className={styles['text']}>{t('vault.keyFileText')}</p>
          <ActionButton icon="key" busy={busy} onAct={onKeyFile}>
            {t('vault.useKeyFile')}
          </ActionButton>
        </div>
      </section>
    </div>
  );
}

/** The keyring or key file that held this profile's key does not answer: no passphrase can help. */
export function KeyringMissingPanel(): ReactNode {
  const { t } = useTexts();
  return (
    <div className={styles['page']} data-screen="keyring-missing">
      <section className={styles['card']} role="alert">
        <span className={`${styles['shape'] ?? ''} ${styles['bad'] ?? ''}`}>
          <Icon name="wrong" size={48} />
        </span>
        <h1 className={styles['title']}>{t('vault.missingTitle')}</h1>
        <p className={styles['text']}>{t('vault.missingText')}</p>
        <p className={styles['text']}>{t('vault.missingNext')}</p>
      </section>
    </div>
  );
}
