import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProvisionProblem } from '@shared/contract/app';
import { applyProvision, type ProvisionTargets } from '../../../../main/settings/provision';
import { parseProvision, type ProvisionDocument } from '../../../../main/settings/provision-document';
import { StationSettings } from '../../../../main/settings/station-settings';

const YAML = `
version: 1
look: { language: zh-CN, soundVolume: 0.5 }
stores:
  - policy:
      storeId: shop
      platform: medusa
      name: 官网
      warehouse: main
      tier: 1
      slaHours: 24
      lane: A
      orderOfWork: verify-first
      tellAt: closed
      withdrawWindowMs: 20000
      carrier: Invented Express
      poolId: pool
      staleAfterMinutes: 10
      whenStale: go-on
    connection: { kind: medusa, baseUrl: 'http://127.0.0.1:9000', locationId: null, lookBackDays: 30, pollSeconds: 5 }
    secret: { apiKey: sk_invented_12345 }
printers:
  - printerId: p1
    name: Bench 1
    documents: [waybill]
    transport: { kind: tcp, host: 127.0.0.1, port: 9100 }
    model: generic-zpl-203
people:
  - { personId: ada, name: Ada Test, role: administrator, badge: 00012345, pin: 0123 }
numbers:
  - { poolId: pool, carrier: Invented Express, numbers: [75300000000000000001, TM0002] }
`;

const problemsOf = (text: string): readonly ProvisionProblem[] => {
  const parsed = parseProvision(text);
  return parsed.ok ? [] : parsed.error;
};
const parseGood = (text: string): ProvisionDocument => {
  const parsed = parseProvision(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};

describe('a provision document', () => {
  it('is read from YAML, with long numbers and leading zeros exactly as written', () => {
    const document = parseGood(YAML);
    expect(document.people[0]).toMatchObject({ badge: '00012345', pin: '0123' });
    expect(document.numbers[0]?.numbers).toEqual(['75300000000000000001', 'TM0002']);
    expect(document.look).toEqual({ language: 'zh-CN', soundVolume: 0.5 });
  });

  it('is read from JSON as well', () => {
    const document = parseGood(YAML);
    expect(parseGood(JSON.stringify(document))).toEqual(document);
  });

  it('names every problem with its place, and no value', () => {
    const text = YAML.replace('tier: 1', 'tier: high')
      .replace("'http://127.0.0.1:9000'", 'ftp://x')
      .replace('role: administrator', 'role: king')
      .replace('apiKey: sk_invented_12345', 'apiKey: short')
      .replace('TM0002', 'tm-bad!')
      .concat('surprise: 1\n');
    const problems = problemsOf(text);
    expect(problems.map(({ path }) => path).sort()).toEqual([
      '',
      'numbers[0].numbers[1]',
      'people[0].role',
      'stores[0].connection.baseUrl',
      'stores[0].policy.tier',
      'stores[0].secret.apiKey',
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/short|tm-bad|ftp:/);
    expect(problems.find(({ path }) => path === '')?.problem).toContain('surprise');
  });

  it('tells where broken YAML breaks, without quoting it', () => {
    const problems = problemsOf('version: 1\nstores:\n  - secret: {apiKey: sk_top_secret\n');
    expect(problems[0]?.path).toMatch(/^line \d+, column \d+$/);
    expect(JSON.stringify(problems)).not.toContain('sk_top_secret');
  });

  it.each([
    ['', 'version'],
    ['just text', ''],
    ['- a list', ''],
    ['version: 2', 'version'],
  ])('refuses %j', (text, path) => {
    expect(problemsOf(text)[0]?.path).toBe(path);
  });

  it('finds ids, badges and numbers that stand twice', () => {
    const person = '  - { personId: bob, name: Bob, role: packer, badge: abc123, pin: 1234 }\n';
    const twice = YAML.replace('numbers:\n', `${person}${person.replace('abc123', 'ABC123')}numbers:\n`).replace(
      'TM0002',
      'TM0002, TM0002',
    );
    expect(problemsOf(twice).map(({ path }) => path)).toEqual([
      'people[2].personId',
      'people[2].badge',
      'numbers[0].numbers[2]',
    ]);
  });

  it('bears hostile YAML: aliases that multiply are refused', () => {
    const bomb = `version: 1\na: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nstores: *c\n`;
    expect(problemsOf(bomb).length).toBeGreaterThan(0);
  });
});

describe('applying a provision', () => {
  let profileDir: string;
  let settings: StationSettings;
  let done: string[];
  beforeEach(() => {
    profileDir = mkdtempSync(join(tmpdir(), 'tallyman-provision-'));
    settings = new StationSettings({
      profileDir,
      languageFlag: null,
      systemLocale: 'en',
      random: (bytes) => randomBytes(bytes),
    });
    done = [];
  });
  afterEach(() => rmSync(profileDir, { recursive: true, force: true }));

  const targets = (refuses: { index: number; code: string } | null = null): ProvisionTargets => ({
    checkPeople: async () => refuses,
    savePeople: async (people) => void done.push(`people ${people.map(({ personId }) => personId).join()}`),
    saveStoreSecrets: async (secrets) => void done.push(`secrets ${[...secrets.keys()].join()}`),
    importNumbers: async (pool, _carrier, numbers) => void done.push(`numbers ${pool} ${numbers.length}`),
  });

  it('saves secrets first and settings last, so that a cut in between is mended by doing it again', async () => {
    settings.onChanged(() => done.push('settings'));
    expect(await applyProvision(parseGood(YAML), settings, targets(), profileDir)).toEqual([]);
    expect(done).toEqual(['secrets shop', 'people ada', 'settings', 'numbers pool 2']);
    expect(settings.stores()[0]?.policy.name).toBe('官网');
    expect(settings.look()).toMatchObject({ language: 'zh-CN', soundVolume: 0.5, theme: 'light' });
  });

  it('keeps a copy without secrets, badges, PINs and numbers', async () => {
    await applyProvision(parseGood(YAML), settings, targets(), profileDir);
    const kept = readFileSync(join(profileDir, 'provision.yaml'), 'utf8');
    expect(kept).toContain('Ada Test');
    expect(kept).not.toMatch(/sk_invented|00012345|0123\b|75300000000000000001/);
  });

  it('does nothing at all when a person cannot be saved', async () => {
    const problems = await applyProvision(
      parseGood(YAML),
      settings,
      targets({ index: 0, code: 'badge-taken' }),
      profileDir,
    );
    expect(problems).toEqual([{ path: 'people[0]', problem: 'badge-taken' }]);
    expect([done, settings.stores(), settings.printers()]).toEqual([[], [], []]);
  });

  it('updates by id and leaves the others alone', async () => {
    await applyProvision(parseGood(YAML), settings, targets(), profileDir);
    const second = YAML.replace('storeId: shop', 'storeId: second').replace('name: Bench 1', 'name: Bench One');
    await applyProvision(parseGood(second), settings, targets(), profileDir);
    expect(settings.stores().map(({ policy }) => policy.storeId)).toEqual(['shop', 'second']);
    expect(settings.printers().map(({ name }) => name)).toEqual(['Bench One']);
  });
});
