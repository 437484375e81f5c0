import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AtomicJsonFile, SettingsNotSaved } from '../../../../main/settings/atomic-json-file';

const schema = z.object({ names: z.array(z.string()), limit: z.number() });
type Shape = z.infer<typeof schema>;
const versions = {
  newest: 3,
  schema,
  steps: {
    1: (older: Readonly<Record<string, unknown>>) => ({ names: [older['name']] }),
    2: (older: Readonly<Record<string, unknown>>) => ({ ...older, limit: 10 }),
  },
};

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-file-'));
  path = join(folder, 'things.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (whenUnreadable: 'set-aside' | 'leave' = 'set-aside'): AtomicJsonFile<Shape> =>
  new AtomicJsonFile({ path, versions, empty: () => ({ names: [], limit: 1 }), whenUnreadable });

describe('a settings file', () => {
  it('is empty while there is none, and then what was saved', async () => {
    expect(open().value()).toEqual({ names: [], limit: 1 });
    await open().save({ names: ['a'], limit: 5 });
    expect(open().value()).toEqual({ names: ['a'], limit: 5 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  it('takes an older version through every step up to the newest', () => {
    writeFileSync(path, JSON.stringify({ version: 1, name: 'old' }));
    expect(open().value()).toEqual({ names: ['old'], limit: 10 });
    writeFileSync(path, JSON.stringify({ version: 2, names: ['b'] }));
    expect(open().value()).toEqual({ names: ['b'], limit: 10 });
  });

  it.each([
    ['torn', '{"version": 3, "names": ["a'],
    ['empty', ''],
    ['of another shape', '{"version": 3, "names": "a", "limit": 1}'],
    ['without a version', '{"names": [], "limit": 1}'],
    ['from a newer program', '{"version": 4, "names": [], "limit": 1}'],
    ['a list', '[]'],
    ['an old one that a step cannot read', '{"version": 1}'],
  ])('that is %s is kept aside, reported, and never overwritten', async (_what, content) => {
    writeFileSync(path, content);
    writeFileSync(`${path}.unreadable-1`, 'an earlier one');
    const file = open();
    expect(file.value()).toEqual({ names: [], limit: 1 });
    expect(file.unreadableFile()).toBe('things.json.unreadable-2');
    await file.save({ names: ['new'], limit: 2 });
    expect(readFileSync(`${path}.unreadable-2`, 'utf8')).toBe(content);
    expect(readFileSync(`${path}.unreadable-1`, 'utf8')).toBe('an earlier one');
    expect(open().value()).toEqual({ names: ['new'], limit: 2 });
  });

  it('that must not be lost stays in place, and every save is refused', async () => {
    writeFileSync(path, 'torn');
    const file = open('leave');
    expect([file.value().names, file.unreadableFile()]).toEqual([[], 'things.json']);
    await expect(file.save({ names: ['new'], limit: 2 })).rejects.toThrow(SettingsNotSaved);
    expect(readFileSync(path, 'utf8')).toBe('torn');
  });

  it('keeps its old content, in memory too, when the disk refuses', async () => {
    const file = open();
    await file.save({ names: ['kept'], limit: 1 });
    mkdirSync(`${path}.new`);
    await expect(file.save({ names: ['lost'], limit: 1 })).rejects.toMatchObject({ code: 'settings-not-saved' });
    expect(file.value().names).toEqual(['kept']);
    expect(open().value().names).toEqual(['kept']);
  });

  it('refuses to save what it could not read again', async () => {
    await expect(open().save({ names: [], limit: Number.NaN })).rejects.toThrow(SettingsNotSaved);
    expect(existsSync(path)).toBe(false);
  });

  it('ends with the last of many saves that were asked for at once', async () => {
    const file = open();
    await Promise.all(Array.from({ length: 20 }, (_, index) => file.save({ names: [`n${index}`], limit: index })));
    expect(open().value()).toEqual({ names: ['n19'], limit: 19 });
  });
});
