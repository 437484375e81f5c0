/** Fills a template with a document. Pure: gives a page in millimetres. */
import type { BoxMm } from '../layout/length';
import type { Page, PageElement, TextElement } from '../layout/page';
import { PLACEHOLDER, type LabelTemplate, type TemplateElement } from './label-template';
import { waybillFields, waybillLineFields, type WaybillDocument } from './waybill-document';

type Fields = Readonly<Record<string, string>>;
type TextStyle = Omit<TextElement, 'kind' | 'name' | 'box' | 'text' | 'minSizeMm'> & {
  readonly minSizeMm?: number | undefined;
};
type RowsElement = Extract<TemplateElement, { kind: 'rows' }>;

/** Puts values into a bound text. Values are never read again as templates, so braces in a customer's name stay braces. */
const fill = (text: string, fields: Fields): string =>
  text.replace(PLACEHOLDER, (whole: string, field: string | undefined) => {
    if (field !== undefined) return fields[field] ?? '';
    return whole === '{{' ? '{' : '}';
  });

const textElement = (name: string, box: BoxMm, text: string, style: TextStyle): TextElement => ({
  kind: 'text',
  name,
  box,
  text,
  sizeMm: style.sizeMm,
  minSizeMm: Math.min(style.minSizeMm ?? style.sizeMm, style.sizeMm),
  weight: style.weight,
  align: style.align,
  verticalAlign: style.verticalAlign,
  maxLines: style.maxLines,
  lineHeight: style.lineHeight,
  inverse: style.inverse,
});

const rowBox = (element: RowsElement, row: number, xMm: number, widthMm: number): BoxMm => ({
  xMm: element.box.xMm + xMm,
  yMm: element.box.yMm + row * element.rowHeightMm,
  widthMm,
  heightMm: element.rowHeightMm,
});

/** Rows that fit; when not all lines fit, the last row is given to the count of what is missing. */
const buildRows = (element: RowsElement, document: WaybillDocument, fields: Fields): PageElement[] => {
  const room = Math.max(1, Math.floor(element.box.heightMm / element.rowHeightMm + 1e-6));
  const shown = document.lines.length <= room ? document.lines.length : room - 1;
  const elements: PageElement[] = document.lines.slice(0, shown).flatMap((line, row) => {
    const values = { ...fields, ...waybillLineFields(line, row) };
    return element.columns.map((column, at) =>
      textElement(
        `${element.name}-${row + 1}-${at + 1}`,
        rowBox(element, row, column.xMm, column.widthMm),
        fill(column.text, values),
        column,
      ),
    );
  });
  const hidden = document.lines.slice(shown);
  const [style] = element.columns;
  if (hidden.length === 0 || style === undefined) return elements;
  const hiddenUnits = hidden.reduce((sum, line) => sum + line.quantity, 0);
  const text = fill(element.overflowText, {
    ...fields,
    hiddenLines: String(hidden.length),
    hiddenUnits: String(hiddenUnits),
  });
  const box = rowBox(element, shown, 0, element.box.widthMm);
  return [...elements, textElement(`${element.name}-overflow`, box, text, { ...style, weight: 'bold', align: 'left' })];
};

const buildElement = (element: TemplateElement, document: WaybillDocument, fields: Fields): PageElement[] => {
  const isEmpty = (field: string): boolean => (fields[field] ?? '').trim() === '';
  if (element.when !== undefined && isEmpty(element.when)) return [];
  if (element.unless !== undefined && !isEmpty(element.unless)) return [];
  const { name, box } = element;
  switch (element.kind) {
    case 'text':
      return [textElement(name, box, fill(element.text, fields), element)];
    case 'rule':
      return [{ kind: 'rule', name, box }];
    case 'frame':
      return [{ kind: 'frame', name, box, thicknessMm: element.thicknessMm }];
    case 'code128':
    case 'qr': {
      const { minModuleMm, maxModuleMm } = element;
      return [{ kind: element.kind, name, box, data: fill(element.data, fields), minModuleMm, maxModuleMm }];
    }
    case 'rows':
      return buildRows(element, document, fields);
  }
};

/** Builds the page of a waybill from a template. Never fails: what cannot be printed is found when the page is placed or drawn. */
export const buildWaybillPage = (template: LabelTemplate, document: WaybillDocument): Page => {
  const fields: Fields = waybillFields(document);
  return {
    widthMm: template.page.widthMm,
    heightMm: template.page.heightMm,
    elements: template.elements.flatMap((element) => buildElement(element, document, fields)),
  };
};
