import type { TFunction } from 'i18next';
import type { Language } from '@shared/contract/app';
import { assertNever } from '@shared/language/assert-never';
import type { IconName } from '../../components/icons/icon-paths';
import { formatCount } from '../../i18n/format';
import type { LastVerdict, PackingView } from './packing-view';

export type BandTone = 'calm' | 'ok' | 'warn' | 'stop';

/** The band over the lines: what to do now in the largest type, and under it what the last gesture came to. */
export interface Band {
  readonly tone: BandTone;
  readonly icon: IconName;
  readonly now: string;
  readonly detail: string;
  /** For a wrong piece: what was scanned and what is still missing, side by side. */
  readonly came: string | null;
  readonly expected: readonly string[];
}

const plain = (tone: BandTone, icon: IconName, now: string, detail: string): Band => ({
  tone,
  icon,
  now,
  detail,
  came: null,
  expected: [],
});

/** The largest line of a parcel that is being counted. */
export function missingText(t: TFunction, language: Language, missing: number): string {
  if (missing === 0) return t('packing.full');
  return t('packing.missing', { count: missing, number: formatCount(language, missing) });
}

/** The band for a view in which pieces are counted, or nothing is open. */
export function bandOf(t: TFunction, language: Language, view: PackingView): Band {
  const missing = view.parcel === null ? 0 : Math.max(0, view.parcel.due - view.parcel.counted);
  const next = view.parcel === null ? t('packing.scanAnything') : missingText(t, language, missing);
  if (view.moment.kind === 'printing' && view.moment.wanted !== null) {
    return plain('warn', 'printer', view.moment.wanted.what, view.moment.wanted.next);
  }
  if (view.moment.kind === 'printing') {
    return plain('ok', 'printer', t('packing.printing'), view.moment.waybillNo ?? t('packing.printingNoNumber'));
  }
  if (view.verdict === null) {
    return view.parcel === null
      ? plain('calm', 'scan', next, t('packing.scanAnythingHint'))
      : plain('calm', 'scan', next, missing === 0 ? t('packing.fullHint') : t('packing.scanGoods'));
  }
  return bandOfVerdict(t, view.verdict, next);
}

function bandOfVerdict(t: TFunction, verdict: LastVerdict, next: string): Band {
  switch (verdict.kind) {
    case 'opened':
      return plain('calm', 'box', next, t('packing.opened'));
    case 'counted':
      return plain('ok', 'check', next, t('packing.counted', { ...verdict }));
    case 'undone':
      return plain('calm', 'undo', next, t('packing.undone'));
    case 'parked':
      return plain('calm', 'park', next, t('packing.parked'));
    case 'reopened':
      return plain('warn', 'reopen', next, t('packing.reopened'));
    case 'not-in-this-shipment':
      return {
        ...plain('stop', 'wrong', t('packing.notThis'), t('packing.clearHint')),
        came: verdict.came,
        expected: verdict.expected,
      };
    case 'already-complete':
      return verdict.title === null
        ? plain(
            'warn',
            'warn',
            t('packing.orderComplete'),
            t('packing.orderCompleteDetail', { order: verdict.displayNo }),
          )
        : plain(
            'warn',
            'warn',
            t('packing.enough'),
            t('packing.enoughDetail', { title: verdict.title, count: verdict.due }),
          );
    case 'unknown-code':
      return plain(
        'warn',
        'question',
        t('packing.unknownCode'),
        t('packing.unknownCodeDetail', { code: verdict.code }),
      );
    case 'refused':
      return plain('stop', 'wrong', verdict.sentences.happened, `${verdict.sentences.means} ${verdict.sentences.next}`);
    default:
      return assertNever(verdict, 'verdict');
  }
}
