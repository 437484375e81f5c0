import { useEffect, useRef, useState, type ReactNode } from 'react';
import { FilterChip } from '../../components/filter-chip/FilterChip';
import { Icon } from '../../components/icons/Icon';
import { formatCount } from '../../i18n/format';
import { useTexts } from '../../i18n/use-texts';
import { GROUP_LOOK, GROUP_ORDER, type QueueFilters, type QueueView } from './queue-view';
import styles from './FiltersPanel.module.css';

export interface FiltersPanelProps {
  readonly view: Extract<QueueView, { kind: 'ready' }>;
  readonly onFilter: (filters: QueueFilters) => void;
}

/** Search by anything on the parcel, and one press for each group of states and each store. */
export function FiltersPanel({ view, onFilter }: FiltersPanelProps): ReactNode {
  const { t, language } = useTexts();
  const { filters } = view;
  return (
    <div className={styles['filters']}>
      <div className={styles['top']}>
        <h1 className={styles['title']}>
          {t('queue.title')}
          <span className={styles['shown']}>
            {t('queue.shown', { shown: formatCount(language, view.length), total: formatCount(language, view.total) })}
          </span>
        </h1>
        <SearchField text={filters.text} onText={(text) => onFilter({ ...filters, text })} />
      </div>
      <div className={styles['chips']} role="group" aria-label={t('queue.byState')}>
        {GROUP_ORDER.map((group) => (
          <FilterChip
            key={group}
            icon={GROUP_LOOK[group].icon}
            tone={GROUP_LOOK[group].tone}
            count={formatCount(language, view.groups[group])}
            isOn={filters.group === group}
            onToggle={() => onFilter({ ...filters, group: filters.group === group ? null : group })}
          >
            {t(`queue.group.${group}`)}
          </FilterChip>
        ))}
      </div>
      {view.stores.length < 2 ? null : (
        <div className={styles['chips']} role="group" aria-label={t('queue.byStore')}>
          {view.stores.map((store) => (
            <FilterChip
              key={store.storeId}
              icon="store"
              count={formatCount(language, store.count)}
              isOn={filters.storeId === store.storeId}
              onToggle={() =>
                onFilter({ ...filters, storeId: filters.storeId === store.storeId ? null : store.storeId })
              }
            >
              {store.name}
            </FilterChip>
          ))}
        </div>
      )}
    </div>
  );
}

const SETTLE_MS = 120;

/** What is typed is asked for a moment later, so that a fast hand does not filter a hundred thousand rows per letter. */
function SearchField({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }): ReactNode {
  const { t } = useTexts();
  const [typed, setTyped] = useState(text);
  const told = useRef(onText);
  useEffect(() => {
    told.current = onText;
  });
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = window.setTimeout(() => told.current(typed), SETTLE_MS);
    return () => window.clearTimeout(timer);
  }, [typed, text]);
  return (
    <label className={styles['search']}>
      <Icon name="search" size={22} />
      <span className="visually-hidden">{t('queue.search')}</span>
      <input
        type="search"
        value={typed}
        placeholder={t('queue.searchHint')}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          const screen = event.currentTarget.closest('[data-screen="queue"]');
          screen?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
        }}
        data-target=""
      />
    </label>
  );
}
