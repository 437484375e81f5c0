import { appendFile, mkdtemp, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '@shared/domain/fact';
import type { Result } from '@shared/language/result';
import { crc32c } from '../../../../main/journal/crc32c';
import { openFolderDisk } from '../../../../main/journal/folder-journal-disk';
import {
  openJournal,
  type Journal,
  type JournalRefusal,
  type JournalTrouble,
  type RecordDraft,
} from '../../../../main/journal/journal';
import type { JournalDisk, SegmentFile } from '../../../../main/journal/journal-disk';
import { aFact } from '../../../builders/facts';
import { createManualClock } from '../../../fakes/manual-clock';

const anAudit = (subject: string): RecordDraft => ({
  revision: null,
  facts: [aFact({ kind: 'audited', action: 'test', subject })],
});

type Settled = Result<JournalRecord, JournalRefusal>;

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'tallyman-journal-'));

async function open(folder: string, over: { disk?: JournalDisk; segmentBytes?: number } = {}) {
  const clock = createManualClock();
  const seen: JournalRecord[] = [];
  const troubles: (JournalTrouble | null)[] = [];
  const { journal, reports } = await openJournal({
    disk: over.disk ?? (await openFolderDisk(folder)),
    timers: clock,
    ...(over.segmentBytes === undefined ? {} : { segmentBytes: over.segmentBytes }),
    onRecord: (record) => seen.push(record),
    onTrouble: (trouble) => troubles.push(trouble),
  });
  return { journal, reports, seen, troubles, clock };
}

const append = (journal: Journal, subject: string): Promise<Settled> =>
  new Promise((resolve) => journal.append(anAudit(subject), resolve));

const subjects = (records: readonly JournalRecord[]): string[] =>
  records.flatMap((record) => record.facts.map((fact) => (fact.body.kind === 'audited' ? fact.body.subject : '?')));

/** The real disk, whose next operations fail as the test says. */
function faultyDisk(
  disk: JournalDisk,
  fault: { write?: string; flush?: string; truncate?: string; stall?: Promise<void> },
): {
  disk: JournalDisk;
  counts: { flushes: number };
} {
  const counts = { flushes: 0 };
  const fail = (code: string | undefined): void => {
    if (code !== undefined) throw Object.assign(new Error(code), { code });
  };
  const wrap = (file: SegmentFile): SegmentFile => ({
    ...file,
    write: async (bytes, position) => {
      // A full disk takes a part before it refuses.
      if (fault.write !== undefined) await file.write(bytes.subarray(0, bytes.length >> 1), position);
      fail(fault.write);
      await file.write(bytes, position);
    },
    flush: async () => {
      await fault.stall;
      fail(fault.flush);
      counts.flushes += 1;
      await file.flush();
    },
    truncate: async (length) => {
      fail(fault.truncate);
      await file.truncate(length);
    },
  });
  return {
    counts,
    disk: {
      ...disk,
      open: async (firstSeq) => wrap(await disk.open(firstSeq)),
      create: async (firstSeq, head) => wrap(await disk.create(firstSeq, head)),
    },
  };
}

describe('the journal', () => {
  it('numbers records from 1 without gaps and finds them again after a restart', async () => {
    const folder = await newFolder();
    const first = await open(folder);
    expect((await append(first.journal, 'a')).ok).toBe(true);
    expect((await append(first.journal, 'b')).ok).toBe(true);
    await first.journal.close();
    const second = await open(folder);
    expect(second.reports).toEqual([]);
    expect(second.seen.map((record) => record.seq)).toEqual([1, 2]);
    const third = await append(second.journal, 'c');
    expect(third.ok && third.value.seq).toBe(3);
    expect(subjects(await second.journal.readSince(1, 10))).toEqual(['b', 'c']);
    await second.journal.close();
  });

  it('shares one flush among appends of the same moment', async () => {
    const faulty = faultyDisk(await openFolderDisk(await newFolder()), {});
    const { journal } = await open('', { disk: faulty.disk });
    await append(journal, 'warm');
    const before = faulty.counts.flushes;
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((subject) => append(journal, subject)));
    expect(faulty.counts.flushes - before).toBe(1);
    await journal.close();
  });

  it('goes on in a new segment when one is full, and reads across segments', async () => {
    const folder = await newFolder();
    const { journal } = await open(folder, { segmentBytes: 700 });
    for (let n = 1; n <= 12; n += 1) await append(journal, `s${n}`);
    await journal.close();
    expect((await readdir(folder)).filter((name) => name.endsWith('.tlj')).length).toBeGreaterThan(3);
    const again = await open(folder, { segmentBytes: 700 });
    expect(again.reports).toEqual([]);
    expect(subjects(again.seen)).toEqual(Array.from({ length: 12 }, (_, n) => `s${n + 1}`));
    expect(subjects(await again.journal.readSince(2, 8))).toEqual(['s3', 's4', 's5', 's6', 's7', 's8', 's9', 's10']);
    expect(await again.journal.readSince(12, 8)).toEqual([]);
    await again.journal.close();
  });

  it('reads records back from disk that memory has let go', async () => {
    const { journal } = await open(await newFolder());
    const all = Array.from({ length: 4_200 }, (_, n) => append(journal, `n${n + 1}`));
    await Promise.all(all);
    expect(subjects(await journal.readSince(0, 3))).toEqual(['n1', 'n2', 'n3']);
    expect(subjects(await journal.readSince(0, 4_200))).toHaveLength(4_200);
    await journal.close();
  });

  it('refuses after closing', async () => {
    const { journal } = await open(await newFolder());
    await journal.close();
    expect(await append(journal, 'late')).toEqual({ ok: false, error: 'journal-closed' });
  });
});

describe('a torn end', () => {
  it('is cut off at every byte boundary of the last record, and the records before it stay', async () => {
    const folder = await newFolder();
    const { journal } = await open(folder);
    await append(journal, 'kept');
    const path = join(folder, '000000000001.tlj');
    const keptBytes = (await readFile(path)).length;
    await append(journal, 'torn');
    await journal.close();
    const whole = await readFile(path);
    for (let length = keptBytes + 1; length < whole.length; length += 1) {
      const copy = await newFolder();
      await writeFile(join(copy, '000000000001.tlj'), whole.subarray(0, length));
      const opened = await open(copy);
      expect(subjects(opened.seen)).toEqual(['kept']);
      expect(opened.reports).toEqual([{ kind: 'torn-record-cut', bytes: length - keptBytes }]);
      await opened.journal.close();
    }
  }, 60_000);

  it('of zeros, as a power cut leaves it, is cut off and appends go on in its place', async () => {
    const folder = await newFolder();
    const first = await open(folder);
    await append(first.journal, 'kept');
    await first.journal.close();
    await appendFile(join(folder, '000000000001.tlj'), Buffer.alloc(300));
    const second = await open(folder);
    expect(second.reports).toEqual([{ kind: 'torn-record-cut', bytes: 300 }]);
    await append(second.journal, 'next');
    await second.journal.close();
    const third = await open(folder);
    expect(third.reports).toEqual([]);
    expect(subjects(third.seen)).toEqual(['kept', 'next']);
    await third.journal.close();
  });

  it('of a segment whose head was never whole is removed', async () => {
    const folder = await newFolder();
    const first = await open(folder, { segmentBytes: 100 });
    await append(first.journal, 'kept');
    await first.journal.close();
    await writeFile(join(folder, '000000000002.tlj'), Buffer.from('TALLY'));
    const second = await open(folder);
    expect(second.reports).toEqual([]);
    await append(second.journal, 'next');
    await second.journal.close();
    expect(subjects((await open(folder)).seen)).toEqual(['kept', 'next']);
  });
});

describe('a broken chain', () => {
  async function threeSegments(): Promise<string> {
    const folder = await newFolder();
    const { journal } = await open(folder, { segmentBytes: 900 });
    for (let n = 1; n <= 9; n += 1) await append(journal, `s${n}`);
    await journal.close();
    return folder;
  }

  it('in the middle keeps everything behind it aside, byte for byte, and says so', async () => {
    const folder = await threeSegments();
    const names = (await readdir(folder)).filter((name) => name.endsWith('.tlj')).sort();
    const path = join(folder, names[1] ?? '');
    const bytes = await readFile(path);
    const rotten = Buffer.from(bytes);
    rotten[80] = (rotten[80] ?? 0) ^ 1;
    await writeFile(path, rotten);
    const opened = await open(folder);
    const [report] = opened.reports;
    expect(report?.kind).toBe('chain-broken');
    expect(opened.seen.length).toBeGreaterThan(0);
    expect(opened.seen.length).toBeLessThan(9);
    const aside = await readdir(join(folder, 'aside'));
    expect(aside).toHaveLength(names.length - 1);
    expect(await readFile(join(folder, 'aside', aside.sort()[0] ?? ''))).toEqual(rotten);
    const next = await append(opened.journal, 'next');
    expect(next.ok && next.value.seq).toBe(opened.seen.length + 1);
    await opened.journal.close();
    expect((await open(folder)).reports).toEqual([]);
  });

  it('is noticed when a whole record was taken out of the middle', async () => {
    const folder = await newFolder();
    const { journal } = await open(folder);
    const path = join(folder, '000000000001.tlj');
    await append(journal, 'a');
    const a = (await readFile(path)).length;
    await append(journal, 'b');
    const b = (await readFile(path)).length;
    await append(journal, 'c');
    await journal.close();
    const bytes = await readFile(path);
    await writeFile(path, Buffer.concat([bytes.subarray(0, a), bytes.subarray(b)]));
    const opened = await open(folder);
    expect(opened.reports[0]).toMatchObject({ kind: 'chain-broken', seq: 2 });
    expect(subjects(opened.seen)).toEqual(['a']);
    await opened.journal.close();
  });

  it('is noticed when a record was edited and its checksum made right again (I10)', async () => {
    const folder = await newFolder();
    const { journal } = await open(folder);
    await append(journal, 'aaaa');
    await append(journal, 'b');
    await journal.close();
    const path = join(folder, '000000000001.tlj');
    const bytes = await readFile(path);
    bytes.write('zzzz', bytes.indexOf('aaaa'), 'latin1');
    const end = 16 + 44 + bytes.readUInt32BE(16 + 4);
    bytes.writeUInt32BE(crc32c(bytes.subarray(16 + 12, end)), 16 + 8);
    await writeFile(path, bytes);
    const opened = await open(folder);
    expect(opened.reports[0]).toMatchObject({ kind: 'chain-broken', seq: 2 });
    await opened.journal.close();
  });

  it('with rot in the last but one record is not taken for a torn end', async () => {
    const folder = await newFolder();
    const { journal } = await open(folder);
    const path = join(folder, '000000000001.tlj');
    await append(journal, 'a');
    const a = (await readFile(path)).length;
    await append(journal, 'b');
    await append(journal, 'c');
    await journal.close();
    const bytes = await readFile(path);
    bytes[a + 60] = (bytes[a + 60] ?? 0) ^ 0x40;
    await writeFile(path, bytes);
    const opened = await open(folder);
    expect(opened.reports[0]).toMatchObject({ kind: 'chain-broken', seq: 2 });
    const aside = await readdir(join(folder, 'aside'));
    expect(await readFile(join(folder, 'aside', aside[0] ?? ''))).toEqual(bytes.subarray(a));
    await opened.journal.close();
  });

  it('whose beginning is missing is reported and goes on', async () => {
    const folder = await threeSegments();
    const names = (await readdir(folder)).filter((name) => name.endsWith('.tlj')).sort();
    await truncate(join(folder, names[0] ?? ''), 0);
    const { unlink } = await import('node:fs/promises');
    await unlink(join(folder, names[0] ?? ''));
    const opened = await open(folder);
    expect(opened.reports[0]?.kind).toBe('beginning-missing');
    expect(opened.seen.at(-1)?.seq).toBe(9);
    const [first] = opened.seen;
    expect(subjects(await opened.journal.readSince(8, 5))).toEqual(['s9']);
    expect(first?.seq).toBeGreaterThan(1);
    await opened.journal.close();
  });
});

describe('a disk that refuses', () => {
  it('when full refuses the batch and what is queued behind it, in backward order, and tells of it', async () => {
    const fault: { write?: string } = {};
    const folder = await newFolder();
    const { journal, troubles } = await open(folder, { disk: faultyDisk(await openFolderDisk(folder), fault).disk });
    await append(journal, 'before');
    fault.write = 'ENOSPC';
    const order: string[] = [];
    const settled = ['x', 'y', 'z'].map(
      (subject) =>
        new Promise<Settled>((resolve) =>
          journal.append(anAudit(subject), (result) => {
            order.push(subject);
            resolve(result);
          }),
        ),
    );
    expect(await Promise.all(settled)).toEqual(Array(3).fill({ ok: false, error: 'disk-full' }));
    expect(order).toEqual(['z', 'y', 'x']);
    expect(troubles).toEqual([{ code: 'disk-full', detail: 'ENOSPC' }]);
    expect(journal.headSeq()).toBe(1);
    delete fault.write;
    const after = await append(journal, 'after');
    expect(after.ok && after.value.seq).toBe(2);
    expect(troubles.at(-1)).toBeNull();
    await journal.close();
    const again = await open(folder);
    expect(again.reports).toEqual([]);
    expect(subjects(again.seen)).toEqual(['before', 'after']);
  });

  it('does not write behind a torn end that it could not cut off', async () => {
    const fault: { write?: string; truncate?: string } = {};
    const folder = await newFolder();
    const { journal } = await open(folder, { disk: faultyDisk(await openFolderDisk(folder), fault).disk });
    await append(journal, 'before');
    fault.write = 'EIO';
    fault.truncate = 'EIO';
    expect(await append(journal, 'x')).toEqual({ ok: false, error: 'disk-failed' });
    delete fault.write;
    expect(await append(journal, 'y')).toEqual({ ok: false, error: 'disk-failed' });
    delete fault.truncate;
    expect((await append(journal, 'z')).ok).toBe(true);
    await journal.close();
    expect(subjects((await open(folder)).seen)).toEqual(['before', 'z']);
  });

  it('tells when the trouble is over without anybody appending', async () => {
    const fault: { flush?: string } = {};
    const folder = await newFolder();
    const { journal, troubles, clock } = await open(folder, {
      disk: faultyDisk(await openFolderDisk(folder), fault).disk,
    });
    await append(journal, 'before');
    fault.flush = 'EIO';
    await append(journal, 'x');
    expect(journal.trouble()).toEqual({ code: 'disk-failed', detail: 'EIO' });
    await clock.advance(5_000);
    await clock.settle();
    expect(journal.trouble()).not.toBeNull();
    delete fault.flush;
    await expect
      .poll(async () => {
        await clock.advance(5_000);
        return journal.trouble();
      })
      .toBeNull();
    expect(troubles.at(-1)).toBeNull();
    expect((await append(journal, 'y')).ok).toBe(true);
    await journal.close();
    expect(subjects((await open(folder)).seen)).toEqual(['before', 'y']);
  });

  it('too slow refuses, and what the late disk wrote is not there afterwards', async () => {
    let release = (): void => undefined;
    const fault: { stall?: Promise<void> } = {};
    const folder = await newFolder();
    const { journal, troubles, clock } = await open(folder, {
      disk: faultyDisk(await openFolderDisk(folder), fault).disk,
    });
    await append(journal, 'before');
    fault.stall = new Promise((resolve) => (release = resolve));
    const slow = append(journal, 'slow');
    await expect.poll(() => clock.pending()).toBe(1);
    await clock.advance(5_000);
    expect(await slow).toEqual({ ok: false, error: 'disk-failed' });
    expect(troubles).toEqual([{ code: 'disk-failed', detail: 'slow' }]);
    expect(await append(journal, 'meanwhile')).toEqual({ ok: false, error: 'disk-failed' });
    delete fault.stall;
    release();
    await expect.poll(() => append(journal, 'after').then((settled) => settled.ok)).toBe(true);
    await journal.close();
    expect(subjects((await open(folder)).seen)).toEqual(['before', 'after']);
  });
});
