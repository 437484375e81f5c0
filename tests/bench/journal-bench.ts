/** What a durable act costs in the journal, against the bare system calls that it cannot do without, in turns. */
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolderDisk } from '../../main/journal/folder-journal-disk';
import { openJournal, type Journal, type RecordDraft } from '../../main/journal/journal';
import { aFact, countedBody } from '../builders/facts';
import { aPlan } from '../builders/plans';
import { figureOf, type Figure } from './figures';

const append = (journal: Journal, draft: RecordDraft): Promise<void> =>
  new Promise((resolve, reject) => {
    journal.append(draft, (settled) => {
      if (settled.ok) resolve();
      else reject(new Error(settled.error));
    });
  });

const timed = async (run: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await run();
  return performance.now() - startedAt;
};

const PLAN = aPlan('1001');
const aRecordDraft = (revision: number): RecordDraft => ({
  revision: { shipmentId: PLAN.shipmentId, number: revision + 1 },
  facts: [aFact(countedBody(PLAN))],
});

/** @returns the figure, and the bare samples for limits that are made of them. */
export async function benchJournal(
  appends: number,
): Promise<{ readonly figure: Figure; readonly bareMs: readonly number[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'tallyman-journal-bench-'));
  const { journal } = await openJournal({
    disk: await openFolderDisk(join(folder, 'journal')),
    timers: { after: (delayMs, run) => cancelling(setTimeout(run, delayMs)) },
    onRecord: () => undefined,
    onTrouble: () => undefined,
  });
  const bare = await open(join(folder, 'bare'), 'a');
  const ours: number[] = [];
  const bareMs: number[] = [];
  try {
    for (let index = 0; index < appends + 5; index += 1) {
      const draft = aRecordDraft(index);
      const bytes = Buffer.from(JSON.stringify(draft));
      const own = await timed(() => append(journal, draft));
      const other = await timed(async () => {
        await bare.write(bytes);
        await bare.datasync();
      });
      // The first ones open files and warm code.
      if (index < 5) continue;
      ours.push(own);
      bareMs.push(other);
    }
  } finally {
    await journal.close();
    await bare.close();
    await rm(folder, { recursive: true, force: true });
  }
  const against = { name: 'write and fdatasync', samples: bareMs };
  const note = 'one record of one counted piece, framed, chained, written and flushed';
  return { figure: figureOf({ id: 'journal.append', ours, against, at: 'p50', aim: 1.3, note }), bareMs };
}

const cancelling = (timer: NodeJS.Timeout) => (): void => clearTimeout(timer);
