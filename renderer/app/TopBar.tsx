import type { ReactNode } from 'react';
import type { Theme } from '@shared/contract/app';
import { Icon } from '../components/icons/Icon';
import type { IconName } from '../components/icons/icon-paths';
import type { Tone } from '../components/pill/Pill';
import { formatAgo } from '../i18n/format';
import { LANGUAGE_NAMES } from '../i18n/i18n';
import { useTexts } from '../i18n/use-texts';
import type { ShellActs } from './shell-acts';
import { chosenChips, type ShellView, type StoreChip } from './shell-view';
import styles from './TopBar.module.css';

const SHOWN_STORES = 3;
const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_ICON: Readonly<Record<Theme, IconName>> = { system: 'contrast', light: 'sun', dark: 'moon' };

const CHIP: Readonly<Record<StoreChip['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  never: { tone: 'calm', icon: 'clock' },
  pulling: { tone: 'accent', icon: 'refresh' },
  fresh: { tone: 'ok', icon: 'check' },
  silent: { tone: 'warn', icon: 'warn' },
  refused: { tone: 'stop', icon: 'wrong' },
  offline: { tone: 'calm', icon: 'offline' },
  'no-worker': { tone: 'warn', icon: 'clock' },
};

export function TopBar({ view, acts }: { readonly view: ShellView; readonly acts: ShellActs }): ReactNode {
  const { t, language } = useTexts();
  const { chips, more } = chosenChips(view.stores, SHOWN_STORES);
  const otherLanguage = language === 'en' ? 'zh-CN' : 'en';
  return (
    <header className={styles['bar']}>
      <span className={styles['brand']}>
        <Icon name="mark" size={30} />
        <span className={styles['station']}>
          <span className={styles['product']}>{t('app.name')}</span>
          <span className={styles['id']}>
            {view.isDemo ? t('app.practice') : t('app.station', { id: view.stationId })}
          </span>
        </span>
      </span>
      <ul className={styles['stores']} aria-label={t('nav.stores')}>
        {chips.map((chip) => (
          <Chip key={chip.storeId} chip={chip} view={view} />
        ))}
        {more > 0 ? <li className={styles['more']}>{t('nav.moreStores', { count: more })}</li> : null}
      </ul>
      <div className={styles['right']}>
        <BarButton icon="language" text={LANGUAGE_NAMES[otherLanguage]} onAct={() => acts.setLanguage(otherLanguage)} />
        <BarButton
          icon={THEME_ICON[view.theme]}
          text={t(`theme.${view.theme}`)}
          name={t('nav.theme', { theme: t(`theme.${view.theme}`) })}
          onAct={() => acts.setTheme(NEXT_THEME[view.theme])}
        />
        {view.person === null ? null : (
          <>
            <span className={styles['person']} data-contrast="">
              <Icon name="person" size={22} />
              <span className={styles['who']}>
                <span className={styles['name']}>{view.person.name}</span>
                <span className={styles['role']}>{t(`role.${view.person.role}`)}</span>
              </span>
            </span>
            <BarButton icon="sign-out" text={t('nav.signOut')} onAct={acts.signOut} />
          </>
        )}
      </div>
    </header>
  );
}

function Chip({ chip, view }: { readonly chip: StoreChip; readonly view: ShellView }): ReactNode {
  const { t, language } = useTexts();
  const { tone, icon } = CHIP[chip.state];
  const since = chip.state === 'silent' ? (chip.failingSince ?? chip.caughtUpAt) : chip.caughtUpAt;
  const ago = since === null ? t('freshness.never') : formatAgo(language, view.now, since);
  return (
    <li className={`${styles['chip'] ?? ''} ${styles[tone] ?? ''}`} data-contrast="">
      <Icon name={icon} size={18} />
      <span className={styles['chipTexts']}>
        <span className={styles['chipName']}>{chip.name}</span>
        <span className={styles['chipState']}>
          {chip.state === 'offline' && since !== null
            ? t('freshness.offlineSince', { ago })
            : t(`freshness.${chip.state}`, { ago })}
        </span>
      </span>
    </li>
  );
}

function BarButton({
  icon,
  text,
  name,
  onAct,
}: {
  readonly icon: IconName;
  readonly text: string;
  readonly name?: string;
  readonly onAct: () => void;
}): ReactNode {
  return (
    <button type="button" className={styles['button']} aria-label={name ?? text} onClick={onAct} data-target="">
      <Icon name={icon} size={20} />
      <span>{text}</span>
    </button>
  );
}
