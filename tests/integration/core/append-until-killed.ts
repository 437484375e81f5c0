/** Appends to a journal as fast as it can and names each acknowledged number on stdout, until it is killed. Runs as a child process. */
import { aFact } from '../../builders/facts';
import { openFolderDisk } from '../../../main/journal/folder-journal-disk';
import { openJournal } from '../../../main/journal/journal';

const folder = process.argv[2] ?? '';
const { journal } = await openJournal({
  disk: await openFolderDisk(folder),
  timers: {
    after: (delayMs, action) => {
      const timer = setTimeout(action, delayMs);
      return () => clearTimeout(timer);
    },
  },
  segmentBytes: 6_000,
  onRecord: () => undefined,
  onTrouble: () => undefined,
});
for (let n = 1; ; n += 1) {
  await Promise.all(
    [1, 2, 3].map(
      (part) =>
        new Promise<void>((resolve) =>
          journal.append(
            { revision: null, facts: [aFact({ kind: 'audited', action: 'kill', subject: `${n}.${part}` })] },
            (result) => {
              if (result.ok) process.stdout.write(`${result.value.seq}\n`);
              resolve();
            },
          ),
        ),
    ),
  );
}
