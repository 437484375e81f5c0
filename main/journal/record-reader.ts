/** Reads flushed records back: the last few thousand from memory, older ones from their segments. */
import type { JournalRecord } from '@shared/domain/fact';
import { readFrame } from './frame';
import type { JournalDisk, SegmentFile } from './journal-disk';
import type { RecordPlace, RecordPlaces } from './record-places';
import { parseRecord } from './scan-segments';

const REMEMBERED = 4_000;
/** At most so much of a segment is read at once. */
const MAX_READ_BYTES = 4 * 1024 * 1024;

export interface RecordReader {
  remember(record: JournalRecord): void;
  /** @returns records after a number in order, at least one where there is one. @throws as the disk does, or Error for a rotten frame. */
  readSince(afterSeq: number, limit: number): Promise<readonly JournalRecord[]>;
  close(): Promise<void>;
}

export function createRecordReader(disk: JournalDisk, places: RecordPlaces): RecordReader {
  const recent = new Map<number, JournalRecord>();
  const files = new Map<number, Promise<SegmentFile>>();

  const fileOf = (segment: number): Promise<SegmentFile> => {
    const known = files.get(segment);
    if (known !== undefined) return known;
    const opened = disk.open(segment);
    files.set(segment, opened);
    opened.catch(() => files.delete(segment));
    return opened;
  };

  /** The run of records from one place on that lie behind each other in one segment. */
  const runFrom = (seq: number, limit: number): RecordPlace[] => {
    const run: RecordPlace[] = [];
    let bytes = 0;
    for (let at = seq; at < seq + limit; at += 1) {
      const place = places.find(at);
      if (place === undefined || (run[0] !== undefined && place.segment !== run[0].segment)) break;
      bytes += place.length;
      if (run.length > 0 && bytes > MAX_READ_BYTES) break;
      run.push(place);
    }
    return run;
  };

  const readRun = async (run: readonly RecordPlace[]): Promise<JournalRecord[]> => {
    const first = run[0];
    const last = run.at(-1);
    if (first === undefined || last === undefined) return [];
    const file = await fileOf(first.segment);
    const bytes = await file.read(first.offset, last.offset + last.length - first.offset);
    return run.map((place) => {
      const frame = readFrame(bytes, place.offset - first.offset);
      const record = frame === null ? null : parseRecord(frame.payload);
      if (record === null) throw new Error('a journal record cannot be read back');
      return record;
    });
  };

  return {
    remember: (record) => {
      recent.set(record.seq, record);
      recent.delete(record.seq - REMEMBERED);
    },
    readSince: async (afterSeq, limit) => {
      const found: JournalRecord[] = [];
      while (found.length < limit) {
        const next = afterSeq + found.length + 1;
        const remembered = recent.get(next);
        if (remembered !== undefined) found.push(remembered);
        else {
          const run = await readRun(runFrom(next, limit - found.length));
          if (run.length === 0) break;
          found.push(...run);
        }
      }
      return found;
    },
    close: async () => {
      const open = await Promise.all(files.values());
      files.clear();
      await Promise.all(open.map((file) => file.close()));
    },
  };
}
