/** What the ingest engine needs from outside; the worker gives it the real ones, tests give it theirs. */
import type { ToMain } from '@shared/contract/feed';
import type { Clock } from '@shared/units/instant';
import type { TallymanDatabase } from '../data/database';
import type { BenchChannel } from './channels';

/** The worker's end of the feed's MessagePort. */
export interface FeedLink {
  post(message: ToMain): void;
  listen(listener: (message: unknown) => void): void;
}

export interface IngestPorts {
  readonly database: TallymanDatabase;
  readonly feed: FeedLink;
  readonly channel: BenchChannel;
  readonly clock: Clock;
  readonly wait: (spanMs: number) => Promise<void>;
}
