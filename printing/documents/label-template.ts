/**
 * A label template: a data file that says what stands where. Version 1. A file that does not fit is refused with the path of
 * what is wrong, so that a person can mend it.
 */
import { z } from 'zod';
import { refuse, ok, type Result } from '@shared/language/result';
import { WAYBILL_FIELDS, WAYBILL_LINE_FIELDS } from './waybill-document';

const lengthMm = z.number().min(0).max(500);
const boxMm = z.strictObject({ xMm: lengthMm, yMm: lengthMm, widthMm: lengthMm.gt(0), heightMm: lengthMm.gt(0) });
const elementName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name is lower-case letters, digits and hyphens');

/** Every `{field}` of a bound text. Braces that are meant as braces are written doubled. */
export const PLACEHOLDER = /\{\{|\}\}|\{([^{}]*)\}/g;

const boundTo = (fields: readonly string[]) =>
  z
    .string()
    .min(1)
    .max(200)
    .superRefine((text, context) => {
      for (const [, field] of text.matchAll(PLACEHOLDER))
        if (field !== undefined && !fields.includes(field))
          context.addIssue({ code: 'custom', message: `unknown field {${field}}; known are ${fields.join(', ')}` });
    });

const boundText = boundTo(WAYBILL_FIELDS);
const boundRow = boundTo([...WAYBILL_FIELDS, ...WAYBILL_LINE_FIELDS]);

const textStyle = {
  sizeMm: z.number().min(1.5).max(40),
  minSizeMm: z.number().min(1.5).max(40).optional(),
  weight: z.enum(['regular', 'bold']).default('regular'),
  align: z.enum(['left', 'center', 'right']).default('left'),
  verticalAlign: z.enum(['top', 'middle', 'bottom']).default('top'),
  maxLines: z.number().int().min(1).max(40).default(1),
  lineHeight: z.number().min(1).max(3).default(1.2),
  inverse: z.boolean().default(false),
};

const base = {
  name: elementName,
  box: boxMm,
  /** The element is left out when this field is empty. */
  when: z.enum(WAYBILL_FIELDS).optional(),
  /** The element is left out unless this field is empty: what stands there instead. */
  unless: z.enum(WAYBILL_FIELDS).optional(),
};

const moduleRange = { minModuleMm: z.number().min(0.1).max(2).default(0.25), maxModuleMm: z.number().min(0.1).max(2) };

const element = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), ...base, text: boundText, ...textStyle }),
  z.strictObject({ kind: z.literal('rule'), ...base }),
  z.strictObject({ kind: z.literal('frame'), ...base, thicknessMm: z.number().gt(0).max(5) }),
  z.strictObject({ kind: z.literal('code128'), ...base, data: boundText, ...moduleRange }),
  z.strictObject({ kind: z.literal('qr'), ...base, data: boundText, ...moduleRange }),
  z.strictObject({
    /** One row per line of the document; the last row says how many did not fit. */
    kind: z.literal('rows'),
    ...base,
    rowHeightMm: z.number().min(1.5).max(50),
    columns: z
      .array(z.strictObject({ text: boundRow, xMm: lengthMm, widthMm: lengthMm.gt(0), ...textStyle }))
      .min(1)
      .max(8),
    /** `{hiddenLines}` and `{hiddenUnits}` are what the rows above do not show. */
    overflowText: boundTo([...WAYBILL_FIELDS, 'hiddenLines', 'hiddenUnits']),
  }),
]);

export const labelTemplate = z
  .strictObject({
    schema: z.literal('tallyman.label-template'),
    version: z.literal(1),
    id: elementName,
    title: z.string().min(1).max(80),
    document: z.literal('waybill'),
    page: z.strictObject({
      widthMm: z.number().min(20).max(300),
      heightMm: z.number().min(15).max(600),
      /** No element may come nearer to the edges of the stock than this. */
      marginXMm: z.number().min(0).max(20),
      marginYMm: z.number().min(0).max(20),
    }),
    elements: z.array(element).min(1).max(200),
  })
  .superRefine((template, context) => {
    const names = new Set<string>();
    template.elements.forEach((each, index) => {
      const path = ['elements', index];
      if (names.has(each.name))
        context.addIssue({ code: 'custom', path: [...path, 'name'], message: 'name is used twice' });
      names.add(each.name);
      const problem = boxProblem(each.box, template.page);
      if (problem !== undefined) context.addIssue({ code: 'custom', path: [...path, 'box'], message: problem });
      if ('minModuleMm' in each && each.minModuleMm > each.maxModuleMm)
        context.addIssue({ code: 'custom', path: [...path, 'minModuleMm'], message: 'is larger than maxModuleMm' });
      if (each.kind === 'text' && (each.minSizeMm ?? each.sizeMm) > each.sizeMm)
        context.addIssue({ code: 'custom', path: [...path, 'minSizeMm'], message: 'is larger than sizeMm' });
      if (each.kind === 'rows')
        each.columns.forEach((column, at) => {
          if (column.xMm + column.widthMm > each.box.widthMm + 1e-6)
            context.addIssue({
              code: 'custom',
              path: [...path, 'columns', at, 'widthMm'],
              message: 'column leaves its rows',
            });
        });
    });
  });

interface PageSize {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly marginXMm: number;
  readonly marginYMm: number;
}

const boxProblem = (box: z.output<typeof boxMm>, page: PageSize): string | undefined => {
  const slack = 1e-6;
  const { marginXMm, marginYMm } = page;
  if (box.xMm < marginXMm - slack || box.xMm + box.widthMm > page.widthMm - marginXMm + slack)
    return `leaves the safe area sideways (margin ${marginXMm} mm of ${page.widthMm} mm)`;
  if (box.yMm < marginYMm - slack || box.yMm + box.heightMm > page.heightMm - marginYMm + slack)
    return `leaves the safe area up or down (margin ${marginYMm} mm of ${page.heightMm} mm)`;
  return undefined;
};

export type LabelTemplate = z.output<typeof labelTemplate>;
export type TemplateElement = LabelTemplate['elements'][number];

export interface TemplateProblem {
  /** Where in the file, for example `elements[3].box`. */
  readonly path: string;
  readonly message: string;
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');

/**
 * Reads a template from parsed JSON. @returns every problem with its path; a file of another schema or version is refused at
 * `schema` or `version`.
 */
export const parseLabelTemplate = (value: unknown): Result<LabelTemplate, readonly TemplateProblem[]> => {
  const parsed = labelTemplate.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return refuse(parsed.error.issues.map((issue) => ({ path: pathText(issue.path), message: issue.message })));
};
