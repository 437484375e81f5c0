import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { loadPrinterCapabilities } from '../../../../printing/printers/capabilities';
import { loadLabelTemplates } from '../../../../printing/template-folder';
import { resourcePath, shippedPrinter } from '../../../oracles/test-label-maker';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'printers-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

describe('printer capabilities', () => {
  it('as shipped are all valid', async () => {
    const { printers, problems } = await loadPrinterCapabilities(resourcePath('printers'));
    expect(problems).toEqual([]);
    expect([...printers.keys()]).toEqual(expect.arrayContaining(['generic-zpl-203', 'zebra-zd421-203']));
  });

  it('leave a bad file out with its place, and keep the good ones', async () => {
    const good = await shippedPrinter('generic-zpl-203');
    const { zpl: _zpl, ...withoutZpl } = good;
    const folder = folderWith({
      'generic-zpl-203.json': JSON.stringify(good),
      'torn.json': '{"schema":',
      'wrong.json': JSON.stringify({
        ...good,
        id: 'wrong',
        dotsPerMm: 'eight',
        status: { ...good.status, answers: 'often' },
      }),
      'renamed.json': JSON.stringify(good),
      'no-zpl.json': JSON.stringify({ ...withoutZpl, id: 'no-zpl' }),
      'notes.txt': 'not a printer',
    });
    const { printers, problems } = await loadPrinterCapabilities(folder);
    expect([...printers.keys()]).toEqual(['generic-zpl-203']);
    expect(problems.map(({ file, path }) => `${file} ${path}`)).toEqual([
      'no-zpl.json zpl',
      'renamed.json id',
      'torn.json ',
      'wrong.json dotsPerMm',
      'wrong.json status.answers',
    ]);
  });
});

describe('the template folder', () => {
  it('leaves a bad template out with its place', async () => {
    const folder = folderWith({ 'torn.json': '[', 'wrong.json': '{"schema":"tallyman.label-template","version":7}' });
    const { templates, problems } = await loadLabelTemplates(folder);
    expect(templates.size).toBe(0);
    expect(problems[0]).toMatchObject({ file: 'torn.json', path: '' });
    expect(problems.map(({ path }) => path)).toContain('version');
  });
});
