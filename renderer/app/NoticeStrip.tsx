import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { Language } from '@shared/contract/app';
import { assertNever } from '@shared/language/assert-never';
import type { IconName } from '../components/icons/icon-paths';
import { Notice } from '../components/notice/Notice';
import { formatCount } from '../i18n/format';
import { useTexts } from '../i18n/use-texts';
import type { ShellNotice } from './shell-view';
import styles from './NoticeStrip.module.css';

interface NoticeText {
  readonly tone: 'calm' | 'soft' | 'warn' | 'stop';
  readonly icon: IconName;
  readonly text: string;
}

function noticeText(t: TFunction, language: Language, notice: ShellNotice): NoticeText {
  switch (notice.kind) {
    case 'disk-full':
      return { tone: 'stop', icon: 'disk', text: t('notice.diskFull') };
    case 'disk-failed':
      return { tone: 'stop', icon: 'disk', text: t('notice.diskFailed') };
    case 'torn-record-cut':
      return { tone: 'warn', icon: 'disk', text: t('notice.tornRecordCut') };
    case 'chain-broken':
      return { tone: 'stop', icon: 'disk', text: t('notice.chainBroken') };
    case 'database-failed':
      return { tone: 'stop', icon: 'disk', text: t('notice.databaseFailed') };
    case 'offline':
      return {
        tone: 'calm',
        icon: 'offline',
        text: t('notice.offline', { count: notice.unsent, number: formatCount(language, notice.unsent) }),
      };
    case 'parked':
      return { tone: 'warn', icon: 'hand', text: t('nav.parked', { count: notice.count }) };
    case 'key-file':
      return { tone: 'soft', icon: 'key', text: t('notice.keyFile') };
    case 'unreadable-files':
      return { tone: 'warn', icon: 'warn', text: t('notice.unreadableFiles', { files: notice.files.join(', ') }) };
    default:
      return assertNever(notice, 'notice');
  }
}

/** Side by side where there is room, so that several troubles cost the work one line. */
export function NoticeStrip({ notices }: { readonly notices: readonly ShellNotice[] }): ReactNode {
  const { t, language } = useTexts();
  if (notices.length === 0) return null;
  return (
    <div className={styles['strip']}>
      {notices.map((notice) => {
        const { tone, icon, text } = noticeText(t, language, notice);
        return (
          <Notice key={notice.kind} tone={tone} icon={icon}>
            {text}
          </Notice>
        );
      })}
    </div>
  );
}
