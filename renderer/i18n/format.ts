/** Dates, spans, counts and money by locale. All of them pure: the moment comes from the caller. */
import type { Language } from '@shared/contract/app';
import type { Instant } from '@shared/units/instant';
import type { Money } from '@shared/units/money';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Keeps one Intl object per language and shape: making one costs more than using it a thousand times. */
function perLanguage<T>(make: (language: Language) => T): (language: Language) => T {
  const made = new Map<Language, T>();
  return (language) => {
    const known = made.get(language);
    if (known !== undefined) return known;
    const fresh = make(language);
    made.set(language, fresh);
    return fresh;
  };
}

const counts = perLanguage((language) => new Intl.NumberFormat(language));
const relative = perLanguage((language) => new Intl.RelativeTimeFormat(language, { numeric: 'always' }));
const clock = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const exact = perLanguage(
  (language) =>
    new Intl.DateTimeFormat(language, {
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    }),
);
const dayAndClock = perLanguage(
  (language) =>
    new Intl.DateTimeFormat(language, {
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
);

type SpanUnit = 'day' | 'hour' | 'minute' | 'second';
const spanParts = perLanguage((language) => {
  const of = (unit: SpanUnit): Intl.NumberFormat =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: language === 'en' ? 'narrow' : 'short' });
  return { day: of('day'), hour: of('hour'), minute: of('minute'), second: of('second') };
});

/** A whole number with the language's grouping. */
export const formatCount = (language: Language, count: number): string => counts(language).format(count);

/** "20 seconds ago", "3 minutes ago"; at least one second, also for a moment in the future (a clock that jumped). */
export function formatAgo(language: Language, now: Instant, then: Instant): string {
  const passedMs = Math.max(SECOND_MS, now - then);
  const format = relative(language);
  if (passedMs < MINUTE_MS) return format.format(-Math.floor(passedMs / SECOND_MS), 'second');
  if (passedMs < HOUR_MS) return format.format(-Math.floor(passedMs / MINUTE_MS), 'minute');
  if (passedMs < DAY_MS) return format.format(-Math.floor(passedMs / HOUR_MS), 'hour');
  return format.format(-Math.floor(passedMs / DAY_MS), 'day');
}

/** A span in its two largest units, without a sign: "2h 5m", "2小时5分钟", "3天4小时", "40秒". */
export function formatSpan(language: Language, spanMs: number): string {
  const total = Math.floor(Math.abs(spanMs) / SECOND_MS) * SECOND_MS;
  const format = spanParts(language);
  const join = (large: string, small: string): string => (language === 'en' ? `${large} ${small}` : `${large}${small}`);
  if (total < MINUTE_MS) return format.second.format(total / SECOND_MS);
  if (total < HOUR_MS) return format.minute.format(Math.floor(total / MINUTE_MS));
  if (total < DAY_MS) {
    const minutes = Math.floor((total % HOUR_MS) / MINUTE_MS);
    const hours = format.hour.format(Math.floor(total / HOUR_MS));
    return minutes === 0 ? hours : join(hours, format.minute.format(minutes));
  }
  const hours = Math.floor((total % DAY_MS) / HOUR_MS);
  const days = format.day.format(Math.floor(total / DAY_MS));
  return hours === 0 ? days : join(days, format.hour.format(hours));
}

const sameDay = (a: Instant, b: Instant): boolean => new Date(a).toDateString() === new Date(b).toDateString();

/** The clock time of a moment of today, else day and clock time; in the station's time zone. */
export const formatMoment = (language: Language, now: Instant, at: Instant): string =>
  (sameDay(now, at) ? clock(language) : dayAndClock(language)).format(at);

/** Day and time to the second, for journals. */
export const formatExact = (language: Language, at: Instant): string => exact(language).format(at);

/** An amount in its own currency, with that currency's number of decimals. */
export function formatMoney(language: Language, amount: Money): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency: amount.currency });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount.minor / 10 ** decimals);
}
