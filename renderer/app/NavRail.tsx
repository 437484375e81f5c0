import type { ReactNode } from 'react';
import { Icon } from '../components/icons/Icon';
import { KeyCap } from '../components/key-cap/KeyCap';
import { formatCount } from '../i18n/format';
import { useTexts } from '../i18n/use-texts';
import { ROUTES, type Route } from './routes';
import styles from './NavRail.module.css';

export interface NavRailProps {
  readonly route: Route;
  readonly parked: number;
  readonly onGo: (route: Route) => void;
}

export function NavRail({ route, parked, onGo }: NavRailProps): ReactNode {
  const { t, language } = useTexts();
  return (
    <nav className={styles['rail']} aria-label={t('nav.name')}>
      {ROUTES.map((entry) => (
        <button
          key={entry.route}
          type="button"
          className={styles['item']}
          aria-current={entry.route === route ? 'page' : undefined}
          onClick={() => onGo(entry.route)}
          data-target=""
          data-contrast=""
        >
          <Icon name={entry.icon} size={28} />
          <span className={styles['text']}>{t(entry.text)}</span>
          <KeyCap keys={entry.key} />
          {entry.route === 'deliveries' && parked > 0 ? (
            <span className={styles['parked']} title={t('nav.parked', { count: parked })}>
              {formatCount(language, parked)}
            </span>
          ) : null}
        </button>
      ))}
    </nav>
  );
}
