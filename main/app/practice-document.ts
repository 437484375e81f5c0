/** The practice warehouse as a provision document: an invented shop, printer, people and numbers. */
import { personId, poolId, printerId, storeId, waybillNo, type StoreId } from '@shared/domain/ids';
import type { StorePolicy } from '@shared/domain/store';
import { PRACTICE_PEOPLE, PRACTICE_POOL_ID, PRACTICE_PRINTER_ID, PRACTICE_STORE_PREFIX } from '@shared/domain/practice';
import type { PrinterSettings } from '@shared/contract/printing';
import type { StoreSecret } from '@shared/contract/stores';
import type { ProvisionDocument } from '../settings/provision-document';
import type { StoreEntry } from '../settings/station-settings';

const PRACTICE_NUMBERS = 2_000;
const CARRIER = '演练快递 Practice Express';

export interface PracticeShop {
  /** The simulator's name, such as `shop-1`. */
  readonly name: string;
  readonly title: string;
  readonly address: string;
  readonly locationId: string;
  readonly secret: StoreSecret;
}

/** Where the simulators can be reached in this run. */
export interface PracticePlaces {
  readonly shops: readonly PracticeShop[];
  readonly printPort: number;
}

/** What the profile has of the practice warehouse already; a person may have changed it, and only the places move. */
export interface PracticeSoFar {
  readonly stores: readonly StoreEntry[];
  readonly printers: readonly PrinterSettings[];
}

const isPracticeStore = ({ policy }: StoreEntry): boolean => policy.storeId.startsWith(PRACTICE_STORE_PREFIX);

/** Was this profile set up for practice? */
export const isPractice = (stores: readonly StoreEntry[]): boolean => stores.some(isPracticeStore);

/** The document for this run: whole for a fresh profile, else only the new places of shops and printer. */
export function practiceDocument(places: PracticePlaces, soFar: PracticeSoFar): ProvisionDocument {
  const printer = soFar.printers.find((known) => known.printerId === PRACTICE_PRINTER_ID) ?? freshPrinter(places);
  const isFresh = !isPractice(soFar.stores);
  return {
    version: 1,
    vault: { kind: 'key-file' },
    stores: places.shops.map((shop, index) => practiceStore(shop, index, soFar.stores)),
    printers: [{ ...printer, transport: { ...printer.transport, port: places.printPort } }],
    people: isFresh ? PRACTICE_PEOPLE.map((one) => ({ ...one, personId: personId.parse(one.personId) })) : [],
    numbers: isFresh ? [{ poolId: poolId.parse(PRACTICE_POOL_ID), carrier: CARRIER, numbers: practiceNumbers() }] : [],
  };
}

function practiceStore(
  shop: PracticeShop,
  index: number,
  known: readonly StoreEntry[],
): ProvisionDocument['stores'][number] {
  const id = storeId.parse(`${PRACTICE_STORE_PREFIX}${shop.name}`);
  const entry = known.find(({ policy }) => policy.storeId === id);
  return {
    policy: entry?.policy ?? freshPolicy(id, shop.title, index),
    connection: {
      kind: 'medusa',
      lookBackDays: entry?.connection.lookBackDays ?? 30,
      pollSeconds: entry?.connection.pollSeconds ?? 3,
      locationId: shop.locationId,
      baseUrl: shop.address,
    },
    secret: shop.secret,
  };
}

/** The first shop is the urgent one, so that the queue shows two tiers. */
const freshPolicy = (id: StoreId, name: string, index: number): StorePolicy => ({
  storeId: id,
  platform: 'medusa',
  name,
  warehouse: '演练仓 Practice',
  tier: index === 0 ? 1 : 2,
  slaHours: index === 0 ? 12 : 48,
  lane: index === 0 ? 'A' : 'B',
  orderOfWork: 'verify-first',
  tellAt: 'closed',
  withdrawWindowMs: 20_000,
  carrier: CARRIER,
  poolId: poolId.parse(PRACTICE_POOL_ID),
  sender: { name: '演练仓发货组', phone: '010-0000 0000', address: '演练市练习区虚构路 1 号' },
  staleAfterMinutes: 10,
  whenStale: 'go-on-and-list',
});

const freshPrinter = ({ printPort }: PracticePlaces): PrinterSettings => ({
  printerId: printerId.parse(PRACTICE_PRINTER_ID),
  name: '虚拟打印机 Virtual printer',
  documents: ['waybill', 'test-page'],
  transport: { kind: 'tcp', host: '127.0.0.1', port: printPort },
  model: 'zebra-zd421-203',
});

/** `TM` is no courier's prefix; the numbers are invented and the same in every practice profile. */
const practiceNumbers = () =>
  Array.from({ length: PRACTICE_NUMBERS }, (_, index) => waybillNo.parse(`TM77${String(index + 1).padStart(8, '0')}`));
