import type { DeviceId, GestureId } from '@shared/domain/ids';
import type { Instant } from '@shared/units/instant';

/** One scan as it arrived, before anybody judged it. */
export interface Scan {
  /** Names the gesture in every fact that follows from it. */
  readonly gestureId: GestureId;
  readonly deviceId: DeviceId;
  /** As decoded. */
  readonly raw: string;
  /** Normalised, as the index compares it. */
  readonly code: string;
  /** When its last character arrived. */
  readonly at: Instant;
  /** 1, 2, 3 … per window: the order in which scans arrived. */
  readonly sequence: number;
}
