/** The provision document of a test's station: one store, one printer, three people, a block of numbers. All of it is invented. */

export const PACKER = { personId: 'packer-1', name: '打包员 Wen', role: 'packer', badge: 'TB-PACKER-7' } as const;
export const LEAD = { personId: 'lead-1', name: '组长 Qiu', role: 'lead', badge: 'TB-LEAD-3', pin: '4711' } as const;
export const ADMINISTRATOR = {
  personId: 'admin-1',
  name: '管理员 Bo',
  role: 'administrator',
  badge: 'TB-ADMIN-1',
} as const;
export const STORE_ID = 'world-shop';
export const NUMBER_PREFIX = 'TMW';

export interface DocumentOptions {
  /** Where the shop is reached: the fault proxy's address. */
  readonly shopUrl: string;
  readonly secretKey: string;
  readonly locationId: string;
  readonly printerPort: number;
  /** File name in resources/printers; a Zebra by default, which always answers when asked. */
  readonly printerModel?: string;
  readonly withdrawWindowMs?: number;
  readonly pollSeconds?: number;
  readonly numbers?: number;
}

/** Waybill numbers of a station: never the same as another test's, so that a label is traced to its run. */
const numbersOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${NUMBER_PREFIX}${String(4_000_000_001 + index)}`);

export function stationDocument(options: DocumentOptions): object {
  return {
    version: 1,
    vault: { kind: 'key-file' },
    look: { language: 'en', theme: 'light', soundVolume: 0.2, speakStops: false },
    stores: [
      {
        policy: {
          storeId: STORE_ID,
          platform: 'medusa',
          name: '官网旗舰店',
          warehouse: '一号仓',
          tier: 1,
          slaHours: 24,
          lane: 'A',
          orderOfWork: 'verify-first',
          tellAt: 'closed',
          withdrawWindowMs: options.withdrawWindowMs ?? 1_500,
          carrier: '示例速运',
          poolId: 'world-pool',
          sender: { name: '一号仓发货组', phone: '0571-00000000', address: '浙江省杭州市样例路 1 号' },
          staleAfterMinutes: 30,
          whenStale: 'go-on-and-list',
        },
        connection: {
          kind: 'medusa',
          baseUrl: options.shopUrl,
          locationId: options.locationId,
          lookBackDays: 30,
          pollSeconds: options.pollSeconds ?? 1,
        },
        secret: { apiKey: options.secretKey },
      },
    ],
    printers: [
      {
        printerId: 'world-printer',
        name: '打包台打印机',
        documents: ['waybill', 'test-page'],
        transport: { kind: 'tcp', host: '127.0.0.1', port: options.printerPort },
        model: options.printerModel ?? 'zebra-zd421-203',
      },
    ],
    people: [PACKER, LEAD, ADMINISTRATOR],
    numbers: [{ poolId: 'world-pool', carrier: '示例速运', numbers: numbersOf(options.numbers ?? 300) }],
  };
}
