import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Language } from '@shared/contract/app';
import { printerSettings } from '@shared/contract/printing';
import { filesSetAside, languageForLocale, StationSettings } from '../../../../main/settings/station-settings';

let profileDir: string;
beforeEach(() => {
  profileDir = mkdtempSync(join(tmpdir(), 'tallyman-settings-'));
});
afterEach(() => rmSync(profileDir, { recursive: true, force: true }));

const open = (languageFlag: Language | null = null, systemLocale = 'de-DE'): StationSettings =>
  new StationSettings({ profileDir, languageFlag, systemLocale, random: (bytes) => randomBytes(bytes) });

const printer = printerSettings.parse({
  printerId: 'p1',
  name: 'Bench',
  documents: ['waybill'],
  transport: { kind: 'tcp', host: '127.0.0.1', port: 9100 },
  model: 'generic-zpl-203',
});

describe('the station’s settings', () => {
  it('give the station one id for ever', async () => {
    const first = open();
    await first.settle();
    expect(first.stationId()).toMatch(/^station-[0-9a-f]{16}$/);
    expect(open().stationId()).toBe(first.stationId());
    expect(open().stationId()).toBe(first.stationId());
  });

  it('keep the id that facts may have named already when it could only be saved later', async () => {
    const settings = open();
    const id = settings.stationId();
    await settings.savePrinters([printer]);
    expect(open().stationId()).toBe(id);
    expect(open().printers()).toEqual([printer]);
  });

  it.each([
    ['zh-CN', 'zh-CN'],
    ['zh-Hant-TW', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['en-GB', 'en'],
    ['de', 'en'],
    ['zhx', 'en'],
    ['', 'en'],
  ])('take the language of the system %j as %s', (locale, expected) => {
    expect(languageForLocale(locale)).toBe(expected);
  });

  it('prefer the flag to the choice, and a later choice to the flag', async () => {
    expect(open(null, 'zh-CN').look().language).toBe('zh-CN');
    await open().saveLook({ language: 'en', theme: 'dark', soundVolume: 0.3, speakStops: true });
    expect(open(null, 'zh-CN').look().language).toBe('en');
    const withFlag = open('zh-CN');
    expect(withFlag.look()).toEqual({ language: 'zh-CN', theme: 'dark', soundVolume: 0.3, speakStops: true });
    await withFlag.saveLook({ ...withFlag.look(), language: 'en' });
    expect(withFlag.look().language).toBe('en');
  });

  it('tell who listens after each change, until cancelled', async () => {
    const settings = open();
    let told = 0;
    const cancel = settings.onChanged(() => (told += 1));
    await settings.savePrinters([printer]);
    cancel();
    await settings.savePrinters([]);
    expect(told).toBe(1);
  });

  it('list the files that were set aside, also in earlier runs', () => {
    writeFileSync(join(profileDir, 'settings.json'), 'torn');
    open().printers();
    writeFileSync(join(profileDir, 'people.json.unreadable-3'), '');
    expect(filesSetAside(profileDir)).toEqual(['people.json.unreadable-3', 'settings.json.unreadable-1']);
  });
});
