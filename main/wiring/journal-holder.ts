/**
 * The journal as the rest of the core sees it: there before it is open, refusing while it is not, and telling the windows of
 * its troubles, also those that come later.
 */
import type { z } from 'zod';
import { answered, refused, type Reply } from '@shared/contract/envelope';
import type { journalArea } from '@shared/contract/journal';
import type { JournalRecord } from '@shared/domain/fact';
import { refuse } from '@shared/language/result';
import type { Timers } from '@shared/units/timers';
import type { JournalPort } from '../bench/arbiter';
import type { BenchState } from '../bench/bench-state';
import { openFolderDisk } from '../journal/folder-journal-disk';
import { openJournal, troubleOf, type Journal, type JournalTrouble } from '../journal/journal';
import type { OpenReport } from '../journal/scan-segments';
import type { Logger } from './ports';

type Trouble = z.input<(typeof journalArea)['events']['trouble']['carries']>;

export interface JournalHolder extends JournalPort {
  /** Opens and folds. Never rejects: a disk that cannot be read is told, and everything is refused as `journal-closed`. */
  open(): Promise<void>;
  headSeq(): number;
  answerSince(afterSeq: number, limit: number): Promise<Reply<{ records: JournalRecord[]; headSeq: number }>>;
  /** Tells the windows again what still stands. */
  tellAgain(): void;
  reportBehind(headSeq: number, appliedSeq: number): void;
  close(): Promise<void>;
}

export interface JournalHolderDeps {
  readonly folder: string;
  readonly timers: Timers;
  readonly state: BenchState;
  readonly logger: Logger;
  readonly tell: (trouble: Trouble) => void;
  /** Writing works again after it did not. */
  readonly onFine: () => void;
}

const sentenceOf = (report: OpenReport): Trouble => {
  switch (report.kind) {
    case 'torn-record-cut':
      return { code: 'torn-record-cut', detail: `bytes:${report.bytes}` };
    case 'chain-broken':
      return { code: 'chain-broken', detail: `seq:${report.seq} files:${report.aside.length}` };
    case 'beginning-missing':
      return { code: 'chain-broken', detail: `begins-at:${report.firstSeq}` };
  }
};

export function createJournalHolder(deps: JournalHolderDeps): JournalHolder {
  const { state, logger, tell } = deps;
  let journal: Journal | null = null;
  let closedBecause: JournalTrouble | null = null;
  /** What windows that come later must still hear. */
  const standing: Trouble[] = [];

  const stand = (trouble: Trouble): void => {
    standing.push(trouble);
    tell(trouble);
  };

  const fold = (record: JournalRecord): void => {
    const staged = state.stage(record);
    // Written under other rules than today's: it stays in the journal, and the windows' fold says the same.
    if (!staged.ok) logger.warn('record-not-folded', { seq: record.seq, rule: staged.error });
    state.remember(record);
  };

  const onTrouble = (trouble: JournalTrouble | null): void => {
    if (trouble === null) {
      logger.info('journal-fine');
      tell({ code: 'fine', detail: '' });
      deps.onFine();
    } else {
      logger.warn('journal-trouble', { code: trouble.code, detail: trouble.detail });
      tell(trouble);
    }
  };

  return {
    open: async () => {
      try {
        const disk = await openFolderDisk(deps.folder);
        const opened = await openJournal({ disk, timers: deps.timers, onRecord: fold, onTrouble });
        journal = opened.journal;
        for (const report of opened.reports) {
          logger.warn('journal-mended', { ...report });
          stand(sentenceOf(report));
        }
        logger.info('journal-open', { headSeq: journal.headSeq() });
      } catch (error) {
        closedBecause = troubleOf(error);
        logger.error('journal-not-open', error);
        stand({ code: closedBecause.code, detail: closedBecause.detail });
      }
    },
    append: (draft, settle) => {
      if (journal === null) settle(refuse(closedBecause?.code ?? 'journal-closed'));
      else journal.append(draft, settle);
    },
    headSeq: () => journal?.headSeq() ?? 0,
    readSince: async (afterSeq, limit) => (journal === null ? [] : journal.readSince(afterSeq, limit)),
    answerSince: async (afterSeq, limit) => {
      if (journal === null) return refused('journal-closed');
      try {
        return answered({ records: [...(await journal.readSince(afterSeq, limit))], headSeq: journal.headSeq() });
      } catch (error) {
        logger.error('journal-not-read', error, { afterSeq });
        return refused('journal-closed');
      }
    },
    tellAgain: () => {
      for (const trouble of standing) tell(trouble);
      const now = journal?.trouble() ?? null;
      if (now !== null) tell(now);
    },
    reportBehind: (headSeq, appliedSeq) => {
      logger.warn('journal-behind-database', { headSeq, appliedSeq });
      tell({ code: 'chain-broken', detail: `behind:${headSeq}/${appliedSeq}` });
    },
    close: async () => {
      await journal?.close();
    },
  };
}
