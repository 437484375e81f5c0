/** The queue in its states, over invented orders; `many` has a hundred thousand rows. */
import {
  factId,
  deviceId,
  gestureId,
  jobId,
  lineId,
  orderKey,
  parcelId,
  personId,
  shipmentId,
  stationId,
  storeId,
  waybillNo,
} from '@shared/domain/ids';
import type { Fact, FactBody } from '@shared/domain/fact';
import type { ShipmentState } from '@shared/domain/shipment';
import { addMs, toInstant } from '@shared/units/instant';
import { CATALOGUE_NOW_MS, type NamedState } from '../../components/catalogue/named-state';
import type { QueueDetail, QueueFilters, QueueRow, QueueView } from './queue-view';
import { QueuePanel, type QueueActs } from './QueuePanel';

const NOW = toInstant(CATALOGUE_NOW_MS);
const nothing = (): void => undefined;
const acts: QueueActs = {
  filter: nothing,
  choose: nothing,
  open: nothing,
  close: nothing,
  pack: nothing,
  openContact: nothing,
  openMoney: nothing,
  placeHold: nothing,
  releaseHold: nothing,
};

const GOODS = [
  '青瓷马克杯 办公室家用大容量带盖 雾蓝 380 ml',
  '全棉加厚毛巾 奶油白',
  '手账本 A5 方格 墨绿',
  'Enamel camping kettle, forest green, 1.2 l',
  '竹制收纳盒 三件套',
];
const STATES: readonly ShipmentState[] = [
  'ready',
  'ready',
  'open',
  'ready',
  'verified',
  'held',
  'ready',
  'exception',
  'waiting',
  'closed',
  'cancelled',
  'labelled',
];
const MEMOS = ['', '', '加一张手写贺卡', '', '', '客户要求周五前到，麻烦优先', '', '', '', '', '', 'gift wrap'];

const row = (position: number): QueueRow => ({
  key: `row-${position}`,
  state: STATES[position % STATES.length] ?? 'ready',
  tier: 1 + (Math.floor(position / 6) % 4),
  deadline: addMs(NOW, (position - 2) * 17 * 60_000),
  deadlineBecause: position % 3 === 0 ? 'platform-promise' : 'tier',
  displayNos: position % 9 === 4 ? [`#${1042 + position}`, `#${1043 + position}`] : [`#${1042 + position}`],
  storeName: position % 2 === 0 ? '青禾生活旗舰店' : 'Northwind Outdoor',
  firstGoods: GOODS[position % GOODS.length] ?? '',
  moreKinds: position % 4 === 1 ? 2 : 0,
  units: 1 + ((position * 7) % 23),
  sellerMemo: MEMOS[position % MEMOS.length] ?? '',
  sellerFlag: position % 12 === 5 ? '红' : '',
  parcels: position % 10 === 9 ? 2 : 1,
  waybillNo: position % 12 === 9 ? `TM77000${position}` : null,
});

const factOf = (position: number, body: FactBody): Fact => ({
  factId: factId.parse(`fact-${position}`),
  gestureId: gestureId.parse(`gesture-${position}`),
  deviceId: deviceId.parse('keyboard-wedge'),
  method: body.kind === 'print-moved' ? 'system' : 'scan',
  body,
  schema: 1,
  stationId: stationId.parse('B-03'),
  personId: body.kind === 'print-moved' ? null : personId.parse('林晓岚'),
  at: addMs(NOW, -200_000 + position * 9_000),
});

const order = orderKey.parse('practice/1042');
const mug = lineId.parse('line-1');
const inParcel = { shipmentId: shipmentId.parse('practice/1042#1'), parcelId: parcelId.parse('practice/1042#1/p1') };

const walk: readonly Fact[] = [
  factOf(1, { kind: 'units-counted', ...inParcel, orderKey: order, lineId: mug, quantity: 1, code: '6901' }),
  factOf(2, { kind: 'parcel-verified', ...inParcel, units: [{ orderKey: order, lineId: mug, quantity: 1 }] }),
  factOf(3, { kind: 'print-moved', ...inParcel, jobId: jobId.parse('job'), state: 'failed', code: 'paper-out' }),
];

const detail = (over: Partial<QueueDetail>): QueueDetail => ({
  row: { ...row(4), waybillNo: waybillNo.parse('SF1420088731905') },
  reasons: [],
  lines: [
    {
      key: `${order}|${mug}`,
      name: '青瓷马克杯 办公室家用大容量带盖 雾蓝 380 ml',
      sku: 'MUG-380-BLUE',
      photo: null,
      counted: 1,
      due: 2,
    },
    {
      key: `${order}|line-2`,
      name: '全棉加厚毛巾 奶油白 34×75 cm',
      sku: 'TWL-3475-CRM',
      photo: null,
      counted: 0,
      due: 3,
    },
  ],
  shippingMethod: '顺丰标快',
  knownAt: addMs(NOW, -38_000),
  contact: { kind: 'not-for-this-role' },
  money: { kind: 'not-for-this-role' },
  walk,
  holds: [],
  mayHold: false,
  mayPack: true,
  ...over,
});

const noFilter: QueueFilters = { group: null, storeId: null, text: '' };
const view = (over: Partial<Extract<QueueView, { kind: 'ready' }>> = {}): QueueView => ({
  kind: 'ready',
  now: NOW,
  total: 100_000,
  groups: { ready: 91_204, underWay: 14, waiting: 3_120, held: 87, exception: 12, done: 5_321, cancelled: 242 },
  stores: [
    { storeId: storeId.parse('a'), name: '青禾生活旗舰店', count: 61_040 },
    { storeId: storeId.parse('b'), name: 'Northwind Outdoor', count: 38_960 },
  ],
  filters: noFilter,
  length: 100_000,
  rowAt: row,
  chosen: 4,
  detail: null,
  ...over,
});

const VIEWS: Readonly<Record<string, QueueView>> = {
  loading: { kind: 'loading', loaded: 42_180 },
  failed: { kind: 'failed' },
  many: view(),
  empty: view({
    total: 0,
    length: 0,
    chosen: -1,
    groups: { ready: 0, underWay: 0, waiting: 0, held: 0, exception: 0, done: 0, cancelled: 0 },
    stores: [],
  }),
  'nothing-found': view({ length: 0, chosen: -1, filters: { group: 'held', storeId: null, text: '红色马克杯' } }),
  'detail-packer': view({ detail: detail({}) }),
  'detail-lead': view({
    chosen: 5,
    detail: detail({
      row: row(5),
      reasons: [
        { kind: 'stop', stop: 'refund-under-way' },
        { kind: 'station-hold', reason: '客服要求改地址' },
      ],
      holds: [{ factId: 'f', reason: '客服要求改地址' }],
      mayHold: true,
      mayPack: false,
      contact: {
        kind: 'open',
        value: {
          name: '周一鸣',
          phone: '138 0000 4417',
          country: 'CN',
          province: '浙江省',
          city: '杭州市',
          district: '余杭区',
          street: '虚构路 88 号 2 幢 1201',
          postcode: '310000',
          opaque: null,
        },
      },
    }),
  }),
  'detail-finance': view({
    detail: detail({
      mayPack: false,
      money: {
        kind: 'open',
        value: {
          total: { minor: 25_880, currency: 'CNY' },
          shipping: { minor: 800, currency: 'CNY' },
          discount: { minor: 1_000, currency: 'CNY' },
          refunded: null,
        },
      },
    }),
  }),
};

export const queueStates: readonly NamedState[] = Object.entries(VIEWS).map(([name, shown]) => ({
  name: `queue/${name}`,
  within: 'shell',
  render: () => <QueuePanel view={shown} acts={acts} />,
}));
