import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildWaybillPage } from '../../../../printing/documents/build-page';
import { parseLabelTemplate } from '../../../../printing/documents/label-template';
import { waybillDocument } from '../../../../printing/documents/waybill-document';
import { buildWaybillDocument } from '../../../builders/waybill-document-builder';
import { resourcePath } from '../../../oracles/test-label-maker';

const looseTemplate = z.looseObject({
  page: z.looseObject({}),
  elements: z.array(z.looseObject({ name: z.string() })),
});
const shipped = () =>
  looseTemplate.parse(JSON.parse(readFileSync(resourcePath('label-templates/waybill-76x130.json'), 'utf8')));
const problemsOf = (template: unknown): string[] => {
  const parsed = parseLabelTemplate(template);
  return parsed.ok ? [] : parsed.error.map(({ path, message }) => `${path}: ${message}`);
};
const pageOf = (changes = {}, template: unknown = shipped()) => {
  const parsed = parseLabelTemplate(template);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return buildWaybillPage(parsed.value, waybillDocument.parse(buildWaybillDocument(changes)));
};
const textsOf = (page: ReturnType<typeof pageOf>): Record<string, string> =>
  Object.fromEntries(page.elements.flatMap((each) => (each.kind === 'text' ? [[each.name, each.text]] : [])));

describe('a label template', () => {
  it('as shipped keeps to 74 by 126 mm of the 76 by 130 mm stock', () => {
    expect(problemsOf(shipped())).toEqual([]);
    for (const { box } of pageOf().elements) {
      expect(box.xMm).toBeGreaterThanOrEqual(1);
      expect(box.xMm + box.widthMm).toBeLessThanOrEqual(75);
      expect(box.yMm).toBeGreaterThanOrEqual(2);
      expect(box.yMm + box.heightMm).toBeLessThanOrEqual(128);
    }
  });

  it.each([
    ['another version', { version: 2 }, 'version'],
    ['another kind of file', { schema: 'something.else' }, 'schema'],
    ['no elements', { elements: [] }, 'elements'],
    ['an unknown key', { colour: 'red' }, ': Unrecognized key'],
  ])('is refused for %s', (_name, change, path) => {
    expect(problemsOf({ ...shipped(), ...change }).join()).toContain(path);
  });

  it('is refused with the path of the element that is wrong', () => {
    const changed = (at: number, change: object): unknown => {
      const template = shipped();
      template.elements[at] = { ...template.elements[at], name: template.elements[at]?.name ?? '', ...change };
      return template;
    };
    expect(problemsOf(changed(0, { text: '{recipient.iban}' })).join()).toMatch(/^elements\[0\]\.text: unknown field/);
    expect(problemsOf(changed(2, { box: { xMm: 0.5, yMm: 3, widthMm: 9, heightMm: 9 } })).join()).toMatch(
      /^elements\[2\]\.box: leaves the safe area sideways/,
    );
    expect(problemsOf(changed(2, { box: { xMm: 2, yMm: 3, widthMm: 9, heightMm: 126 } })).join()).toContain(
      'up or down',
    );
    expect(problemsOf(changed(3, { name: 'courier' }))).toEqual(['elements[3].name: name is used twice']);
    expect(problemsOf(changed(0, { minSizeMm: 9 })).join()).toMatch(/^elements\[0\]\.minSizeMm/);
    expect(problemsOf('not a template')[0]).toMatch(/^: /);
  });

  it('shows a service only when there is one, and the store where there is no sorting code', () => {
    expect(Object.keys(textsOf(pageOf()))).toEqual(expect.arrayContaining(['service', 'sort-code']));
    const bare = Object.keys(textsOf(pageOf({ serviceName: '', sortCode: '  ', remark: '' })));
    expect(bare).toContain('store-large');
    for (const name of ['service', 'sort-code', 'remark']) expect(bare).not.toContain(name);
  });

  it('never reads a value as a template', () => {
    const { recipient } = buildWaybillDocument();
    const texts = textsOf(pageOf({ recipient: { ...recipient, name: '{sender.phone} {{x}} $& $1' } }));
    expect(texts['recipient-person']).toBe(`{sender.phone} {{x}} $& $1  ${recipient.phone}`);
  });

  it('counts what does not fit in the last row', () => {
    const lines = Array.from({ length: 9 }, (_, at) => ({ sku: `S${at}`, title: `货品 ${at}`, quantity: at + 1 }));
    const texts = textsOf(pageOf({ lines }));
    expect(texts['lines-3-1']).toBe('货品 2 S2');
    expect(texts['lines-4-1']).toBeUndefined();
    expect(texts['lines-overflow']).toContain('6 种 39 件');
    expect(texts['counts']).toBe('共 45 件');
    expect(Object.keys(textsOf(pageOf({ lines: lines.slice(0, 4) })))).toContain('lines-4-1');
    expect(Object.keys(textsOf(pageOf({ lines: [] })))).not.toContain('lines-overflow');
  });

  it('groups the waybill number for the eye only', () => {
    const page = pageOf({ waybillNumber: '75300000000001' });
    expect(textsOf(page)['waybill-number']).toBe('7530 0000 0000 01');
    const code = page.elements.find(({ kind }) => kind === 'code128');
    expect(code).toMatchObject({ data: '75300000000001' });
  });
});
