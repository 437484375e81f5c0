/** What the shop checks of a request before it does anything, and how it says no. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { invalidData, unauthorized, type ShopRefusal } from './shop-refusal';

export interface ShopDoor {
  readonly secretKey: string;
  readonly email: string;
  readonly password: string;
  /** A new bearer token. @throws ShopRefusal for a wrong login. */
  logIn(body: unknown, now: number): string;
  /** @throws ShopRefusal without a valid secret key or token. */
  check(request: IncomingMessage, now: number): void;
  /** Makes every token given out so far worthless. */
  revokeTokens(): void;
  setTokenLife(ms: number): void;
}

const DAY_MS = 86_400_000;

export function openDoor(secretKey: string): ShopDoor {
  const email = 'bench@practice.invalid';
  const password = randomBytes(9).toString('base64url');
  const tokens = new Map<string, number>();
  let tokenLifeMs = DAY_MS;
  return {
    secretKey,
    email,
    password,
    logIn: (body, now) => {
      const asked = z.object({ email: z.string(), password: z.string() }).safeParse(body);
      if (!asked.success) throw unauthorizedLogin('Password should be a string');
      if (asked.data.email !== email || asked.data.password !== password)
        throw unauthorizedLogin('Invalid email or password');
      const token = `sim.${randomBytes(24).toString('base64url')}.jwt`;
      tokens.set(token, now + tokenLifeMs);
      return token;
    },
    check: (request, now) => {
      const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
      if (scheme === 'Bearer' && value.startsWith('sk_')) {
        throw unauthorized(
          'A secret API key was passed as a Bearer token. Secret API keys must be sent using HTTP Basic authentication instead (Authorization: Basic <secret-api-key>).',
        );
      }
      const isKey = scheme === 'Basic' && Buffer.from(value, 'base64').toString('utf8').replace(/:$/, '') === secretKey;
      const isToken = scheme === 'Bearer' && (tokens.get(value) ?? 0) > now;
      if (!isKey && !isToken) throw unauthorized();
    },
    revokeTokens: () => tokens.clear(),
    setTokenLife: (ms) => (tokenLifeMs = ms),
  };
}

const unauthorizedLogin = (message: string): ShopRefusal => {
  const refusal = unauthorized(message);
  return Object.assign(refusal, { type: 'unauthorized' });
};

const moment = z.string().refine((text) => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && !Number.isNaN(Date.parse(text)));
const PAGE_LIMIT = 200;

/** The list's query. Stricter than the real one, which ignores names and dates that it does not know: a typing error must show. */
const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT).default(15),
  offset: z.coerce.number().int().min(0).default(0),
  order: z.enum(['id', '-id', 'updated_at', '-updated_at', 'created_at', '-created_at']).default('-created_at'),
  fields: z.string().optional(),
  'updated_at[$gte]': moment.optional(),
  'updated_at[$gt]': moment.optional(),
  'updated_at[$lt]': moment.optional(),
  'updated_at[$lte]': moment.optional(),
  'id[$gt]': z.string().min(1).optional(),
});
export type ListQuery = z.infer<typeof listQuery>;
export const readListQuery = (query: URLSearchParams): ListQuery => parse(listQuery, Object.fromEntries(query));

const oneQuery = z.strictObject({ fields: z.string().optional() });
export const readOneQuery = (query: URLSearchParams): z.infer<typeof oneQuery> =>
  parse(oneQuery, Object.fromEntries(query));

const item = z.strictObject({ id: z.string(), quantity: z.number() });
const metadata = z.record(z.string(), z.unknown()).nullish();
const address = z
  .string()
  .refine((text) => text === '' || text === '#' || /^https?:\/\//.test(text), 'URL must use http: or https: scheme');

const fulfillmentBody = z.strictObject({
  items: z.array(item).min(1),
  location_id: z.string().nullish(),
  shipping_option_id: z.string().optional(),
  no_notification: z.boolean().optional(),
  metadata,
});
export const readFulfillmentBody = (body: unknown): z.infer<typeof fulfillmentBody> => parse(fulfillmentBody, body);

const shipmentBody = z.strictObject({
  items: z.array(item),
  labels: z
    .array(z.strictObject({ tracking_number: z.string(), tracking_url: address, label_url: address }))
    .optional(),
  no_notification: z.boolean().optional(),
  metadata,
});
export const readShipmentBody = (body: unknown): z.infer<typeof shipmentBody> => parse(shipmentBody, body);

const cancelBody = z.strictObject({ no_notification: z.boolean().optional() });
export const readCancelBody = (body: unknown): z.infer<typeof cancelBody> => parse(cancelBody, body);

/** Reads or refuses in Medusa's words. */
function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const field = issue?.path.join(', ') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    throw invalidData(`Invalid request: Unrecognized fields: '${issue.keys.join(', ')}'`);
  }
  if (issue?.code === 'too_small') {
    throw invalidData(
      `Invalid request: Value for field '${field}' too small, expected at least: '${String(issue.minimum)}'`,
    );
  }
  if (issue?.code === 'custom') throw invalidData(`Invalid request: ${issue.message}`);
  // Observed: a number in a query that is none is told apart from a field that is missing; in a body both are "required".
  if (issue?.code === 'invalid_type' && issue.path.length === 1 && issue.expected === 'number') {
    const given = z.record(z.string(), z.unknown()).catch({}).parse(value);
    const got = JSON.stringify(given[field]).replace(/^"|"$/g, '');
    throw invalidData(`Invalid request: Expected type: 'number' for field '${field}', got: '${got}'`);
  }
  throw invalidData(`Invalid request: Field '${field}' is required`);
}
