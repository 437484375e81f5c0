/** Which of two readings of one order stands (I5). */
import { compareOrderVersion } from '@shared/domain/order';
import type { OrderSource } from '../data/rows';

export type OrderJudgement = 'changed' | 'unchanged' | 'older';

/**
 * Judges a reading against the one that stands.
 *
 * The shop's own version rules. Where it did not move but the content did, the later reading rules: Medusa does not move
 * `updated_at` for every change (a fulfilment, a claim, an edit of a line), so equal versions may tell different things.
 * Two readings of the same moment with the same version cannot be ordered by time; the greater digest stands then, so
 * that every order of arrival ends with the same content.
 */
export function judgeOrder(standing: OrderSource | undefined, incoming: OrderSource): OrderJudgement {
  if (standing === undefined) return 'changed';
  const byVersion = compareOrderVersion(incoming.version, standing.version);
  if (byVersion !== 0) return byVersion > 0 ? 'changed' : 'older';
  if (incoming.fingerprint === standing.fingerprint) return 'unchanged';
  if (incoming.readAt !== standing.readAt) return incoming.readAt > standing.readAt ? 'changed' : 'older';
  return incoming.fingerprint > standing.fingerprint ? 'changed' : 'older';
}
