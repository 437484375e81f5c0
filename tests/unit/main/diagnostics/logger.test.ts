import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchForCrashes, writeCrashReport } from '../../../../main/diagnostics/crash-report';
import { LogFile } from '../../../../main/diagnostics/log-file';
import { StationLog } from '../../../../main/diagnostics/logger';

const NOW_MS = Date.UTC(2026, 10, 24, 7, 0, 0);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const linesOf = (name: string): Record<string, unknown>[] =>
  readFileSync(join(folder, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('the log', () => {
  it('is written line by line as JSON, with module, event and cleaned ids', () => {
    const log = new StationLog(new LogFile(join(folder, 'logs', 'station.log')), () => NOW_MS);
    log.forModule('feed').warn('pull-failed', { storeId: 'shop', recipient: 'somebody' });
    log.forModule('ipc').error('handler-failed', new Error('for 13812345678'), { call: 'app.info' });
    expect(linesOf('logs/station.log')).toMatchObject([
      {
        at: '2026-11-24T07:00:00.000Z',
        level: 'warn',
        module: 'feed',
        event: 'pull-failed',
        ids: { storeId: 'shop', recipient: '[redacted]' },
      },
      { level: 'error', module: 'ipc', ids: { call: 'app.info' }, error: { message: 'for [phone]' } },
    ]);
    expect(statSync(join(folder, 'logs', 'station.log')).mode & 0o777).toBe(0o600);
  });

  it('leaves out what is below its level, which can change at any time', () => {
    const log = new StationLog(new LogFile(join(folder, 'station.log')), () => NOW_MS);
    const module = log.forModule('x');
    module.debug('one');
    log.setLevel('debug');
    module.debug('two');
    log.setLevel('error');
    module.warn('three');
    expect(linesOf('station.log').map(({ event }) => event)).toEqual(['two']);
  });

  it('starts a new file when one is full and keeps only the last ones', () => {
    const file = new LogFile(join(folder, 'station.log'), { maxBytes: 100, olderFiles: 2 });
    for (let number = 0; number < 40; number += 1) file.append(`{"number":${number},"fill":"xxxxxxxxxxxx"}`);
    file.close();
    const kept = readdirSync(folder).sort();
    expect(kept.filter((name) => name !== 'station.log')).toEqual(['station.log.1', 'station.log.2']);
    const numbers = ['station.log.2', 'station.log.1'].flatMap(linesOf).map(({ number }) => Number(number));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(numbers.length).toBeGreaterThan(2);
  });

  it('goes on after its end of the day before', () => {
    new LogFile(join(folder, 'station.log')).append('{"day":1}');
    new LogFile(join(folder, 'station.log')).append('{"day":2}');
    expect(linesOf('station.log')).toEqual([{ day: 1 }, { day: 2 }]);
  });

  it('does not stop work when the disk refuses', () => {
    writeFileSync(join(folder, 'not-a-folder'), '');
    expect(new LogFile(join(folder, 'not-a-folder', 'station.log')).append('{}')).toBe(false);
  });
});

describe('a crash report', () => {
  const facts = { process: 'main', reason: 'uncaught-exception', version: '0.1.0', runtime: 'Electron 25.1.1' };

  it('is a cleaned text of our own', () => {
    const file = writeCrashReport(folder, { ...facts, error: new Error('of 13812345678') }, NOW_MS);
    const report = readFileSync(file ?? '', 'utf8');
    expect(JSON.parse(report)).toMatchObject({ process: 'main', error: { message: 'of [phone]' } });
    expect(report).not.toContain('13812345678');
  });

  it('replaces the oldest beyond twenty, and is no reason to crash again', () => {
    for (let second = 0; second < 25; second += 1) writeCrashReport(folder, facts, NOW_MS + second * 1000);
    const reports = readdirSync(folder).sort();
    expect(reports).toHaveLength(20);
    expect(reports[0]).toContain('07-00-05');
    writeFileSync(join(folder, 'file'), '');
    expect(writeCrashReport(join(folder, 'file'), facts, NOW_MS)).toBeNull();
    chmodSync(folder, 0o700);
  });

  it('is made for what nobody caught; only an uncaught exception ends the program', () => {
    const listeners = new Map<string, (error: unknown) => void>();
    const seen: string[] = [];
    const watched = { on: (event: string, listener: (error: unknown) => void) => listeners.set(event, listener) };
    watchForCrashes(
      watched,
      (reason) => seen.push(reason),
      () => seen.push('ended'),
    );
    listeners.get('unhandledRejection')?.(new Error('a'));
    listeners.get('uncaughtException')?.(new Error('b'));
    expect(seen).toEqual(['unhandled-rejection', 'uncaught-exception', 'ended']);
  });
});
