/** A store as a person types it, and what of it can be saved. */
import {
  medusaConnection,
  storeSecret,
  type MedusaConnection,
  type StoreSecret,
  type StoreView,
} from '@shared/contract/stores';
import { storePolicy, type OrderOfWork, type StorePolicy, type TellAt } from '@shared/domain/store';

export interface StoreDraft {
  readonly storeId: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly secretKind: 'api-key' | 'login';
  readonly apiKey: string;
  readonly email: string;
  readonly password: string;
  readonly locationId: string;
  readonly lookBackDays: string;
  readonly pollSeconds: string;
  readonly warehouse: string;
  readonly tier: string;
  readonly slaHours: string;
  readonly lane: string;
  readonly orderOfWork: OrderOfWork;
  readonly tellAt: TellAt;
  readonly withdrawSeconds: string;
  readonly carrier: string;
  readonly poolId: string;
  readonly senderName: string;
  readonly senderPhone: string;
  readonly senderAddress: string;
  readonly staleAfterMinutes: string;
  readonly whenStale: StorePolicy['whenStale'];
}

export const NEW_STORE: StoreDraft = {
  storeId: '',
  name: '',
  baseUrl: '',
  secretKind: 'api-key',
  apiKey: '',
  email: '',
  password: '',
  locationId: '',
  lookBackDays: '30',
  pollSeconds: '20',
  warehouse: 'main',
  tier: '2',
  slaHours: '24',
  lane: 'standard',
  orderOfWork: 'verify-first',
  tellAt: 'closed',
  withdrawSeconds: '20',
  carrier: '',
  poolId: '',
  senderName: '',
  senderPhone: '',
  senderAddress: '',
  staleAfterMinutes: '60',
  whenStale: 'go-on-and-list',
};

/** The draft of a store that exists; its secret stays where it is and is never sent to a screen. */
export function draftOfStore({ policy, connection }: Pick<StoreView, 'policy' | 'connection'>): StoreDraft {
  return {
    ...NEW_STORE,
    storeId: policy.storeId,
    name: policy.name,
    baseUrl: connection.baseUrl,
    locationId: connection.locationId ?? '',
    lookBackDays: String(connection.lookBackDays),
    pollSeconds: String(connection.pollSeconds),
    warehouse: policy.warehouse,
    tier: String(policy.tier),
    slaHours: String(policy.slaHours),
    lane: policy.lane,
    orderOfWork: policy.orderOfWork,
    tellAt: policy.tellAt,
    withdrawSeconds: String(policy.withdrawWindowMs / 1_000),
    carrier: policy.carrier,
    poolId: policy.poolId,
    senderName: policy.sender.name,
    senderPhone: policy.sender.phone,
    senderAddress: policy.sender.address,
    staleAfterMinutes: String(policy.staleAfterMinutes),
    whenStale: policy.whenStale,
  };
}

/** Field of a draft that cannot be saved as it is. */
export type StoreField = keyof StoreDraft;
export type Problems = ReadonlySet<StoreField>;

const FIELD_OF_PATH: Readonly<Record<string, StoreField>> = {
  withdrawWindowMs: 'withdrawSeconds',
  'sender.name': 'senderName',
  'sender.phone': 'senderPhone',
  'sender.address': 'senderAddress',
};

const isField = (name: string): name is StoreField => Object.hasOwn(NEW_STORE, name);

function fieldsOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): StoreField[] {
  return issues.flatMap(({ path }) => {
    const name = path.map(String).join('.');
    const field = FIELD_OF_PATH[name] ?? name;
    return isField(field) ? [field] : [];
  });
}

const number = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim()));

/** The connection alone, for a test. */
export function connectionOf(draft: StoreDraft): {
  readonly connection: MedusaConnection | null;
  readonly problems: Problems;
} {
  const parsed = medusaConnection.safeParse({
    kind: 'medusa',
    baseUrl: draft.baseUrl.trim().replace(/\/+$/, ''),
    locationId: draft.locationId.trim() === '' ? null : draft.locationId.trim(),
    lookBackDays: number(draft.lookBackDays),
    pollSeconds: number(draft.pollSeconds),
  });
  return parsed.success
    ? { connection: parsed.data, problems: new Set() }
    : { connection: null, problems: new Set(fieldsOf(parsed.error.issues)) };
}

/** The secret that was typed; null keeps the stored one. `undefined`: typed, but no usable secret. */
export function secretOf(draft: StoreDraft): StoreSecret | null | undefined {
  const typed =
    draft.secretKind === 'api-key'
      ? { apiKey: draft.apiKey.trim() }
      : { email: draft.email.trim(), password: draft.password };
  if (Object.values(typed).every((text) => text === '')) return null;
  const parsed = storeSecret.safeParse(typed);
  return parsed.success ? parsed.data : undefined;
}

export type ParsedStore =
  | {
      readonly ok: true;
      readonly policy: StorePolicy;
      readonly connection: MedusaConnection;
      readonly secret: StoreSecret | null;
    }
  | { readonly ok: false; readonly problems: Problems };

/** Everything that `stores.save` needs. @param needsSecret a new store has none that could be kept. */
export function parseStore(draft: StoreDraft, needsSecret: boolean): ParsedStore {
  const { connection, problems } = connectionOf(draft);
  const parsed = storePolicy.safeParse({
    storeId: draft.storeId.trim(),
    platform: 'medusa',
    name: draft.name.trim(),
    warehouse: draft.warehouse.trim(),
    tier: number(draft.tier),
    slaHours: number(draft.slaHours),
    lane: draft.lane.trim(),
    orderOfWork: draft.orderOfWork,
    tellAt: draft.tellAt,
    withdrawWindowMs: Math.round(number(draft.withdrawSeconds) * 1_000),
    carrier: draft.carrier.trim(),
    poolId: draft.poolId.trim(),
    sender: { name: draft.senderName.trim(), phone: draft.senderPhone.trim(), address: draft.senderAddress.trim() },
    staleAfterMinutes: number(draft.staleAfterMinutes),
    whenStale: draft.whenStale,
  });
  const secret = secretOf(draft);
  const secretField: StoreField = draft.secretKind === 'api-key' ? 'apiKey' : 'password';
  const bad = new Set<StoreField>(problems);
  if (!parsed.success) for (const field of fieldsOf(parsed.error.issues)) bad.add(field);
  if (secret === undefined || (secret === null && needsSecret)) bad.add(secretField);
  if (bad.size > 0 || !parsed.success || connection === null || secret === undefined)
    return { ok: false, problems: bad };
  return { ok: true, policy: parsed.data, connection, secret };
}
