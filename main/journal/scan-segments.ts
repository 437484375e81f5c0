/**
 * Reads a journal from its beginning: checks the chain, hands every record on, and mends the end. A torn last record was
 * never acknowledged and is cut off. Anything else that does not fit is kept aside with all that follows, never overwritten.
 */
import type { JournalRecord } from '@shared/domain/fact';
import { hasFrameBehind, hashFrame, NO_FRAME_BEFORE, readFrame } from './frame';
import type { JournalDisk } from './journal-disk';
import type { RecordPlaces } from './record-places';
import { readSegmentHead, SEGMENT_HEAD_BYTES } from './segment';

/** What was found wrong at opening, and what was done about it. */
export type OpenReport =
  /** The last record was not whole: the program or the power ended while it was being written. */
  | { readonly kind: 'torn-record-cut'; readonly bytes: number }
  /** The chain does not go on here; the rest lies in the folder `aside`. */
  | { readonly kind: 'chain-broken'; readonly seq: number; readonly aside: readonly string[] }
  /** The first record is not number 1: an earlier segment is missing. */
  | { readonly kind: 'beginning-missing'; readonly firstSeq: number };

export interface ScannedJournal {
  readonly headSeq: number;
  readonly headHash: Buffer;
  /** The segment that appends go on in and its length in bytes, or null where there is none. */
  readonly last: { readonly firstSeq: number; readonly length: number } | null;
  /** Empty when all is well. */
  readonly reports: readonly OpenReport[];
}

/** Our own frames passed checksum and chain, so only the outline is looked at. */
function isRecord(value: unknown): value is JournalRecord {
  if (typeof value !== 'object' || value === null) return false;
  return 'seq' in value && typeof value.seq === 'number' && 'facts' in value && Array.isArray(value.facts);
}

/** @returns the record in a payload, or null for text that is none. */
export function parseRecord(payload: Buffer): JournalRecord | null {
  try {
    const value: unknown = JSON.parse(payload.toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

interface Scan {
  readonly disk: JournalDisk;
  readonly segments: readonly number[];
  readonly places: RecordPlaces;
  readonly onRecord: (record: JournalRecord) => void;
  readonly reports: OpenReport[];
  seq: number;
  hash: Buffer;
  last: { firstSeq: number; length: number } | null;
}

/** Reads frames of one segment until its end or the first that does not fit. @returns the offset behind the last good one. */
function readFrames(scan: Scan, firstSeq: number, bytes: Buffer): number {
  let offset = SEGMENT_HEAD_BYTES;
  while (offset < bytes.length) {
    const frame = readFrame(bytes, offset);
    if (frame === null || !frame.hashBefore.equals(scan.hash)) return offset;
    const record = parseRecord(frame.payload);
    if (record === null || record.seq !== scan.seq + 1) return offset;
    scan.onRecord(record);
    scan.places.add(firstSeq, offset, frame.frame.length);
    scan.seq = record.seq;
    scan.hash = hashFrame(frame.frame);
    offset += frame.frame.length;
  }
  return offset;
}

/** Where the first segment does not hold record 1 the chain begins with what there is, and the gap is reported. */
function acceptBeginning(scan: Scan, firstSeq: number, bytes: Buffer): void {
  if (firstSeq === 1 || readSegmentHead(bytes) !== firstSeq) return;
  scan.reports.push({ kind: 'beginning-missing', firstSeq });
  scan.seq = firstSeq - 1;
  scan.hash = Buffer.from(readFrame(bytes, SEGMENT_HEAD_BYTES)?.hashBefore ?? NO_FRAME_BEFORE);
}

/** Reads one segment and mends what does not fit in it. @returns true when the chain goes on in the next one. */
async function readSegment(scan: Scan, index: number, firstSeq: number): Promise<boolean> {
  const bytes = await scan.disk.readWhole(firstSeq);
  const isLast = index === scan.segments.length - 1;
  const headed = readSegmentHead(bytes);
  if (isLast && headed === null && bytes.length <= SEGMENT_HEAD_BYTES) {
    await scan.disk.remove(firstSeq); // the program ended while it made the file; no record was in it
    return false;
  }
  if (index === 0) acceptBeginning(scan, firstSeq, bytes);
  if (headed !== firstSeq || firstSeq !== scan.seq + 1) return breakOff(scan, index, 0, bytes);
  const end = readFrames(scan, firstSeq, bytes);
  if (end === bytes.length) {
    scan.last = { firstSeq, length: end };
    return true;
  }
  if (!isLast || readFrame(bytes, end) !== null || hasFrameBehind(bytes, end + 1))
    return breakOff(scan, index, end, bytes);
  await truncate(scan.disk, firstSeq, end);
  scan.last = { firstSeq, length: end };
  scan.reports.push({ kind: 'torn-record-cut', bytes: bytes.length - end });
  return false;
}

/** Keeps everything from an offset on aside; the chain ends before it. */
async function breakOff(scan: Scan, index: number, from: number, bytes: Buffer): Promise<false> {
  const aside: string[] = [];
  const [broken, ...later] = scan.segments.slice(index);
  if (broken !== undefined && from > SEGMENT_HEAD_BYTES) {
    aside.push(await scan.disk.keepAside(broken, from, bytes.subarray(from)));
    await truncate(scan.disk, broken, from);
    scan.last = { firstSeq: broken, length: from };
  } else if (broken !== undefined) aside.push(await scan.disk.moveAside(broken));
  for (const firstSeq of later) aside.push(await scan.disk.moveAside(firstSeq));
  scan.reports.push({ kind: 'chain-broken', seq: scan.seq + 1, aside });
  return false;
}

async function truncate(disk: JournalDisk, firstSeq: number, length: number): Promise<void> {
  const file = await disk.open(firstSeq);
  try {
    await file.truncate(length);
    await file.flush();
  } finally {
    await file.close();
  }
}

/** @param onRecord gets every good record in order. @throws as the disk does. */
export async function scanSegments(
  disk: JournalDisk,
  places: RecordPlaces,
  onRecord: (record: JournalRecord) => void,
): Promise<ScannedJournal> {
  const segments = await disk.segments();
  const scan: Scan = { disk, segments, places, onRecord, reports: [], seq: 0, hash: NO_FRAME_BEFORE, last: null };
  for (const [index, firstSeq] of segments.entries()) {
    if (!(await readSegment(scan, index, firstSeq))) break;
  }
  return { headSeq: scan.seq, headHash: scan.hash, last: scan.last, reports: scan.reports };
}
