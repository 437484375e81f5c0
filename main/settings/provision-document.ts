/**
 * The provision document: what an administrator prepares once and gives to many stations. One JSON or YAML document with
 * shops, printers, people, numbers and look. It is checked whole, and every problem is named with its place.
 */
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { language, theme, type ProvisionProblem } from '@shared/contract/app';
import { printerSettings } from '@shared/contract/printing';
import { badge, pin } from '@shared/contract/session';
import { medusaConnection, storeSecret } from '@shared/contract/stores';
import { personId, poolId, waybillNo } from '@shared/domain/ids';
import { role } from '@shared/domain/person';
import { storePolicy } from '@shared/domain/store';
import { ok, refuse, type Result } from '@shared/language/result';

const MOST_NUMBERS = 20_000;

const provisionStore = z.strictObject({
  policy: storePolicy.strict(),
  connection: medusaConnection.strict(),
  /** Kept in the vault only; left out, the stored one stays. */
  secret: storeSecret.optional(),
});

const provisionPerson = z.strictObject({
  personId,
  name: z.string().min(1).max(100),
  role,
  badge: badge.optional(),
  pin: pin.optional(),
});

const provisionNumbers = z.strictObject({
  poolId,
  carrier: z.string().min(1).max(100),
  numbers: z.array(waybillNo).min(1).max(MOST_NUMBERS),
});

export const provisionDocument = z.strictObject({
  version: z.literal(1),
  /** The administrator's choice for a machine without a keyring; without it the window asks. */
  vault: z.strictObject({ kind: z.literal('key-file') }).optional(),
  look: z
    .strictObject({ language, theme, soundVolume: z.number().min(0).max(1), speakStops: z.boolean() })
    .partial()
    .optional(),
  stores: z.array(provisionStore).default([]),
  printers: z.array(printerSettings.strict()).default([]),
  people: z.array(provisionPerson).default([]),
  numbers: z.array(provisionNumbers).default([]),
});
export type ProvisionDocument = z.infer<typeof provisionDocument>;

/** Parses and checks a document. JSON is YAML, so one parser reads both. Refuses with every problem there is. */
export function parseProvision(text: string): Result<ProvisionDocument, ProvisionProblem[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    // The parser's sentence may quote the text, which holds secrets: only its code and place are passed on.
    const problems = document.errors.map(({ code, pos }) => {
      const { line, col } = lines.linePos(pos[0]);
      return { path: `line ${line}, column ${col}`, problem: `not valid YAML or JSON: ${code}` };
    });
    return refuse(problems);
  }
  if (!keepNumbersAsText(document)) return refuse([{ path: '', problem: 'YAML aliases (*name) are not accepted' }]);
  const parsed = provisionDocument.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (!parsed.success) return refuse(describeIssues(parsed.error.issues, []));
  const doubles = findDoubles(parsed.data);
  return doubles.length > 0 ? refuse(doubles) : ok(parsed.data);
}

/**
 * Long numbers and leading zeros survive only as text: unquoted PINs, badges and waybill numbers are taken as written.
 * @returns false when the document has aliases, which can make a small file endless.
 */
function keepNumbersAsText(document: ReturnType<typeof parseDocument>): boolean {
  let hasAliases = false;
  visit(document, {
    Alias() {
      hasAliases = true;
      return visit.BREAK;
    },
    Scalar(key, node, path) {
      if (typeof node.value !== 'number' || node.source === undefined) return;
      const pair = path[path.length - 1];
      const name = pair !== undefined && 'key' in pair && isScalar(pair.key) ? pair.key.value : null;
      const inNumbers = typeof key === 'number' && listName(path) === 'numbers';
      if (name === 'pin' || name === 'badge' || inNumbers) node.value = node.source;
    },
  });
  return !hasAliases;
}

/** The key under which the list that is being visited stands; a pool's `numbers` inside the document's `numbers`. */
function listName(path: readonly unknown[]): unknown {
  const pair = path[path.length - 2];
  if (typeof pair !== 'object' || pair === null || isMap(pair) || !('key' in pair)) return null;
  return isScalar(pair.key) ? pair.key.value : null;
}

type Issue = z.core.$ZodIssue;

/** One line per problem, unions opened up, as `stores[0].connection.baseUrl`. Messages name what was expected, not what was found. */
function describeIssues(issues: readonly Issue[], base: readonly PropertyKey[]): ProvisionProblem[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0];
      if (nearest !== undefined) return describeIssues(nearest, path);
    }
    return [{ path: pathText(path), problem: issue.message.slice(0, 300) }];
  });
}

export function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
  return text.slice(0, 300);
}

/** Ids and codes that may stand only once. */
function findDoubles(document: ProvisionDocument): ProvisionProblem[] {
  const lists: readonly (readonly [string, string, readonly (string | undefined)[]])[] = [
    ['stores', 'policy.storeId', document.stores.map(({ policy }) => policy.storeId)],
    ['printers', 'printerId', document.printers.map((printer) => printer.printerId)],
    ['people', 'personId', document.people.map((person) => person.personId)],
    ['people', 'badge', document.people.map((person) => person.badge?.trim().toUpperCase())],
  ];
  const problems = lists.flatMap(([list, field, values]) =>
    repeated(values).map((index) => ({ path: `${list}[${index}].${field}`, problem: 'stands twice in this document' })),
  );
  const seen = new Set<string>();
  for (const [pool, { numbers }] of document.numbers.entries()) {
    for (const [index, number] of numbers.entries()) {
      if (seen.has(number)) {
        problems.push({ path: `numbers[${pool}].numbers[${index}]`, problem: 'stands twice in this document' });
      }
      seen.add(number);
    }
  }
  return problems;
}

function repeated(values: readonly (string | undefined)[]): number[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (value === undefined) return [];
    if (seen.has(value)) return [index];
    seen.add(value);
    return [];
  });
}
