import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JournalRecord } from '@shared/domain/fact';
import { openFolderDisk } from '../../../main/journal/folder-journal-disk';
import { openJournal, type JournalTrouble } from '../../../main/journal/journal';
import { aFact } from '../../builders/facts';
import { createManualClock } from '../../fakes/manual-clock';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let program = '';

async function reopen(folder: string) {
  const seen: JournalRecord[] = [];
  const opened = await openJournal({
    disk: await openFolderDisk(folder),
    timers: createManualClock(),
    onRecord: (record) => seen.push(record),
    onTrouble: () => undefined,
  });
  await opened.journal.close();
  return { seen, reports: opened.reports };
}

/** Runs the appender and kills it the moment it has acknowledged so many records. @returns the numbers that it acknowledged. */
function appendUntilKilled(folder: string, killAfter: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.split('\n').length > killAfter) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', () => resolve(text.split('\n').slice(0, -1).map(Number)));
  });
}

describe('a journal whose program is killed', () => {
  beforeAll(async () => {
    const outDir = await mkdtemp(join(tmpdir(), 'tallyman-appender-'));
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      resolve: { alias: { '@shared': join(root, 'preload/shared') } },
      build: {
        ssr: join(root, 'tests/integration/core/append-until-killed.ts'),
        outDir,
        rollupOptions: { output: { entryFileNames: 'append.mjs' } },
        target: 'node20',
      },
      ssr: { noExternal: true },
    });
    program = join(outDir, 'append.mjs');
  }, 60_000);

  it('still has every record that it acknowledged, run after run on the same folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tallyman-kill-'));
    let before = 0;
    for (const killAfter of [1, 2, 3, 7, 20, 50, 51, 52, 90, 150]) {
      const acknowledged = await appendUntilKilled(folder, killAfter);
      const { seen, reports } = await reopen(folder);
      expect(reports.filter((report) => report.kind !== 'torn-record-cut')).toEqual([]);
      expect(seen.map((record) => record.seq)).toEqual(seen.map((_, index) => index + 1));
      expect(Math.min(...acknowledged)).toBe(before + 1);
      expect(seen.length).toBeGreaterThanOrEqual(Math.max(...acknowledged));
      before = seen.length;
    }
  }, 120_000);
});

describe('a journal on a disk that is really full', () => {
  it('refuses, keeps what it had, and goes on when there is room again', async () => {
    const mount = await mkdtemp(join(tmpdir(), 'tallyman-full-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', mount]);
    try {
      const folder = join(mount, 'journal');
      await mkdir(folder);
      const troubles: (JournalTrouble | null)[] = [];
      const disk = await openFolderDisk(folder);
      const { journal } = await openJournal({
        disk,
        timers: createManualClock(),
        onRecord: () => undefined,
        onTrouble: (trouble) => troubles.push(trouble),
      });
      const append = (subject: string) =>
        new Promise<boolean>((resolve) =>
          journal.append({ revision: null, facts: [aFact({ kind: 'audited', action: 'fill', subject })] }, (result) =>
            resolve(result.ok),
          ),
        );
      let written = 0;
      while (await append('x'.repeat(200))) written += 1;
      expect(written).toBeGreaterThan(50);
      expect(troubles).toEqual([{ code: 'disk-full', detail: 'ENOSPC' }]);
      execFileSync('mount', ['-o', 'remount,size=1m', mount]);
      expect(await append('room again')).toBe(true);
      expect(troubles.at(-1)).toBeNull();
      await journal.close();
      const { seen, reports } = await reopen(folder);
      expect(reports).toEqual([]);
      expect(seen).toHaveLength(written + 1);
    } finally {
      execFileSync('umount', ['-l', mount]);
    }
  });
});
