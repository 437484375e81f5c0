import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureNpmPackages } from '../../../scripts/setup/npm-packages.mjs';

const wanted = { '': { name: 'a' }, 'node_modules/b': { version: '1.0.0', integrity: 'sha512-b' } };
const otherSystems = { 'node_modules/c': { version: '1.0.0', integrity: 'sha512-c', optional: true } };
const installed = { 'node_modules/b': { version: '1.0.0', integrity: 'sha512-b', dev: true } };

describe('installing npm packages', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tallyman-npm-'));
    mkdirSync(join(root, 'node_modules'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, packages: object): void =>
    writeFileSync(join(root, path), JSON.stringify({ lockfileVersion: 3, packages }));

  it('is not done again when npm already installed what the lock file names', async () => {
    write('package-lock.json', { ...wanted, ...otherSystems });
    write('node_modules/.package-lock.json', installed);
    expect(await ensureNpmPackages(root)).toBe(false);
    expect(readdirSync(join(root, 'node_modules'))).toContain('.tallyman-lock-hash');
  });

  it('costs one look at its stamp afterwards', async () => {
    write('package-lock.json', wanted);
    write('node_modules/.package-lock.json', installed);
    await ensureNpmPackages(root);
    rmSync(join(root, 'node_modules', '.package-lock.json'));
    expect(await ensureNpmPackages(root)).toBe(false);
  });

  it('fails loudly and leaves no stamp when npm cannot install what is wanted', async () => {
    write('package-lock.json', wanted);
    write('node_modules/.package-lock.json', { 'node_modules/b': { version: '0.9.0', integrity: 'sha512-old' } });
    // There is no package.json here, so npm refuses at once and without asking any registry.
    await expect(ensureNpmPackages(root)).rejects.toThrow('npm ci ended with status');
    expect(readdirSync(join(root, 'node_modules'))).not.toContain('.tallyman-lock-hash');
  });
});
