import { useState, type ReactNode } from 'react';
import type { Person, Role } from '@shared/domain/person';
import type { PersonId } from '@shared/domain/ids';
import { ActionButton } from '../../components/action-button/ActionButton';
import { Barcode } from '../../components/barcode/Barcode';
import { ErrorSentencesPanel } from '../../components/error-sentences/ErrorSentencesPanel';
import { TextField } from '../../components/field/TextField';
import { Icon } from '../../components/icons/Icon';
import { LoadingPicture } from '../../components/picture/Picture';
import type { ErrorSentences } from '../../i18n/error-messages';
import { useTexts } from '../../i18n/use-texts';
import styles from './SignInPanel.module.css';

/** One of the practice warehouse's invented people, with what signs them in. */
export interface PracticeBadge {
  readonly name: string;
  readonly role: Role;
  readonly badge: string;
  readonly pin: string;
}

export interface SignInPanelProps {
  /** Null while they are asked for. */
  readonly people: readonly Person[] | null;
  /** Empty outside the practice warehouse. */
  readonly practice: readonly PracticeBadge[];
  readonly busy: boolean;
  readonly problem: ErrorSentences | null;
  readonly onBadge: (badge: string) => void;
  readonly onPin: (personId: PersonId, pin: string) => void;
}

/** Who works here now: a badge is scanned with nothing in focus; or a name is chosen and a PIN typed. */
export function SignInPanel(props: SignInPanelProps): ReactNode {
  const { t } = useTexts();
  const [chosen, setChosen] = useState<Person | null>(null);
  return (
    <div className={styles['page']} data-screen="sign-in">
      <section className={styles['scan']}>
        <Icon name="badge" size="clamp(96px, 20vh, 180px)" />
        <h1 className={styles['title']} data-no-clip="">
          {t('signIn.scan')}
        </h1>
        <p className={styles['hint']}>{t('signIn.scanHint')}</p>
        {props.problem === null ? null : <ErrorSentencesPanel sentences={props.problem} />}
        {props.practice.length === 0 ? null : <PracticeBadges practice={props.practice} onBadge={props.onBadge} />}
      </section>
      <section className={styles['names']}>
        {chosen === null ? (
          <Names people={props.people} onChoose={setChosen} />
        ) : (
          <PinPanel
            key={chosen.personId}
            person={chosen}
            busy={props.busy}
            onPin={props.onPin}
            onBack={() => setChosen(null)}
          />
        )}
      </section>
    </div>
  );
}

function Names({
  people,
  onChoose,
}: {
  readonly people: readonly Person[] | null;
  readonly onChoose: (person: Person) => void;
}): ReactNode {
  const { t } = useTexts();
  if (people === null) return <LoadingPicture title={t('signIn.loading')} />;
  return (
    <>
      <h2 className={styles['subtitle']}>{t('signIn.byName')}</h2>
      <ul className={styles['list']}>
        {people.map((person) => (
          <li key={person.personId}>
            <button type="button" className={styles['person']} onClick={() => onChoose(person)} data-target="">
              <Icon name="person" size={28} />
              <span className={styles['name']}>{person.name}</span>
              <span className={styles['role']}>{t(`role.${person.role}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface PinPanelProps {
  readonly person: Person;
  readonly busy: boolean;
  readonly onPin: (personId: PersonId, pin: string) => void;
  readonly onBack: () => void;
}

function PinPanel({ person, busy, onPin, onBack }: PinPanelProps): ReactNode {
  const { t } = useTexts();
  const [pin, setPin] = useState('');
  const isWhole = /^\d{4,12}$/.test(pin);
  const signIn = (): void => {
    if (isWhole) onPin(person.personId, pin);
  };
  return (
    <div className={styles['pin']}>
      <h2 className={styles['subtitle']}>{person.name}</h2>
      <TextField
        label={t('person.pin')}
        type="password"
        value={pin}
        onChange={(typed) => setPin(typed.replaceAll(/\D/g, '').slice(0, 12))}
        autoFocus
        onEnter={signIn}
        hint={t('signIn.pinHint')}
      />
      <ActionButton tone="primary" large busy={busy} disabled={!isWhole} onAct={signIn}>
        {t('signIn.signIn')}
      </ActionButton>
      <ActionButton icon="back" onAct={onBack}>
        {t('signIn.otherName')}
      </ActionButton>
    </div>
  );
}

function PracticeBadges({
  practice,
  onBadge,
}: {
  readonly practice: readonly PracticeBadge[];
  readonly onBadge: (badge: string) => void;
}): ReactNode {
  const { t } = useTexts();
  return (
    <div className={styles['practice']}>
      <p className={styles['practiceTitle']}>{t('signIn.practice')}</p>
      <ul className={styles['badges']}>
        {practice.map((person) => (
          <li key={person.badge}>
            <button type="button" className={styles['badge']} onClick={() => onBadge(person.badge)} data-target="">
              <span className={styles['badgeName']}>{person.name}</span>
              <Barcode text={person.badge} name={person.badge} heightPx={36} />
              <span className="mono">{`${person.badge} · PIN ${person.pin}`}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
