/** Every state of the packing screen, with invented goods and numbers. */
import { lineId, orderKey, waybillNo } from '@shared/domain/ids';
import { lineRefOf } from '@shared/domain/shipment-work';
import { addMs, toInstant } from '@shared/units/instant';
import { CATALOGUE_NOW_MS, type NamedState } from '../../components/catalogue/named-state';
import type { LastVerdict, PackingLine, PackingMoment, PackingParcel, PackingView } from './packing-view';
import type { PackingActs } from './packing-acts';
import { PackingPanel } from './PackingPanel';

const NOW = toInstant(CATALOGUE_NOW_MS);
const NUMBER = waybillNo.parse('SF1420088731905');

const nothing = (): void => undefined;
const acts: PackingActs = {
  undo: nothing,
  park: nothing,
  reopenLast: nothing,
  printLabel: nothing,
  answerPrint: nothing,
  acknowledgeStop: nothing,
  release: nothing,
};

const line = (
  id: number,
  title: string,
  variantTitle: string,
  sku: string,
  counted: number,
  due: number,
): PackingLine => ({
  ref: lineRefOf({ orderKey: orderKey.parse('practice/1042'), lineId: lineId.parse(`line-${id}`) }),
  orderKey: orderKey.parse('practice/1042'),
  lineId: lineId.parse(`line-${id}`),
  title,
  variantTitle,
  sku,
  photo: null,
  counted,
  due,
});

const lines: readonly PackingLine[] = [
  line(1, '青瓷马克杯 办公室家用大容量带盖', '雾蓝 380 ml', 'MUG-380-BLUE', 2, 2),
  line(2, '全棉加厚毛巾 吸水不掉毛', '奶油白 34×75 cm', 'TWL-3475-CRM', 1, 3),
  line(3, '手账本 A5 方格', '墨绿', 'NTB-A5-GRN', 0, 1),
];

const manyLines: readonly PackingLine[] = [
  ...lines,
  line(4, '陶瓷小花盆 多肉专用带托盘', '白色 8 cm', 'POT-08-WHT', 4, 4),
  line(5, '无线鼠标 静音款', '石墨灰', 'MSE-QT-GRY', 0, 1),
  line(6, '竹制收纳盒 三件套', '原色', 'BOX-BMB-3', 0, 2),
  line(7, '旅行分装瓶 100 ml', '透明', 'BTL-100-CLR', 0, 6),
  line(8, '羊毛毡杯垫', '浅灰', 'CST-FLT-GRY', 0, 12),
];

const parcel = (over: Partial<PackingParcel> = {}): PackingParcel => {
  const shown = over.lines ?? lines;
  return {
    displayNos: ['#1042'],
    storeName: '青禾生活旗舰店',
    tier: 1,
    deadline: addMs(NOW, 95 * 60_000),
    deadlineBecause: 'platform-promise',
    shippingMethod: '顺丰标快',
    sellerMemo: '加一张手写贺卡，杯子多裹一层气泡膜。',
    sellerFlag: '红',
    knownAt: addMs(NOW, -38_000),
    isStale: false,
    waybillNo: null,
    counted: shown.reduce((sum, each) => sum + each.counted, 0),
    due: shown.reduce((sum, each) => sum + each.due, 0),
    ...over,
    lines: shown,
  };
};

const view = (moment: PackingMoment, over: Partial<PackingView> = {}): PackingView => ({
  now: NOW,
  moment,
  parcel: null,
  verdict: null,
  lastRef: null,
  inputMethodIsOn: false,
  canUndo: false,
  canPark: false,
  canReopen: true,
  canPrint: false,
  release: 'no',
  ...over,
});

const counting = (verdict: LastVerdict | null, over: Partial<PackingView> = {}): PackingView =>
  view({ kind: 'counting' }, { parcel: parcel(), verdict, canUndo: true, canPark: true, ...over });

const done = { displayNo: '#1042', waybillNo: NUMBER, carrier: '顺丰速运', printedNow: true };

const VIEWS: Readonly<Record<string, PackingView>> = {
  idle: view({ kind: 'idle', ready: 1284, exceptions: 3, last: done }),
  'idle-input-method': view({ kind: 'idle', ready: 1284, exceptions: 0, last: null }, { inputMethodIsOn: true }),
  'idle-after-unknown-code': view(
    { kind: 'idle', ready: 1284, exceptions: 0, last: done },
    { verdict: { kind: 'unknown-code', code: '6901234567892' } },
  ),
  opened: counting({ kind: 'opened' }, { canUndo: false }),
  counted: counting(
    { kind: 'counted', title: '全棉加厚毛巾 奶油白 34×75 cm', counted: 1, due: 3 },
    { lastRef: lines[1]?.ref ?? null },
  ),
  single: counting(null, {
    parcel: parcel({
      lines: [line(1, '青瓷马克杯 办公室家用大容量带盖', '雾蓝 380 ml', 'MUG-380-BLUE', 0, 1)],
      sellerMemo: '',
      sellerFlag: '',
    }),
    canUndo: false,
  }),
  'many-lines': counting(
    { kind: 'counted', title: '陶瓷小花盆 白色 8 cm', counted: 4, due: 4 },
    { parcel: parcel({ lines: manyLines, displayNos: ['#1042', '#1057'] }), lastRef: manyLines[3]?.ref ?? null },
  ),
  'wrong-piece': counting({
    kind: 'not-in-this-shipment',
    came: '青瓷马克杯 办公室家用大容量带盖 陶土红 380 ml',
    expected: ['全棉加厚毛巾 奶油白 34×75 cm', '手账本 A5 方格 墨绿'],
  }),
  'one-too-many': counting({ kind: 'already-complete', title: '青瓷马克杯 雾蓝 380 ml', due: 2, displayNo: '#1042' }),
  'unknown-code': counting({ kind: 'unknown-code', code: '6901234567892' }),
  refused: counting({
    kind: 'refused',
    sentences: {
      happened: '另一个窗口刚刚动过这个包裹。',
      means: '你刚才的扫描没有计入。',
      next: '看清新的数量，再接着扫。',
    },
  }),
  undone: counting({ kind: 'undone' }, { release: 'with-badge' }),
  'stale-knowledge': counting(null, { parcel: parcel({ knownAt: addMs(NOW, -94 * 60_000), isStale: true }) }),
  printing: view(
    { kind: 'printing', waybillNo: NUMBER, wanted: null },
    {
      parcel: parcel({ lines: lines.map((each) => ({ ...each, counted: each.due })), waybillNo: NUMBER }),
      canReopen: false,
    },
  ),
  'printer-wants-paper': view(
    { kind: 'printing', waybillNo: NUMBER, wanted: { what: '缺纸', next: '装上新标签纸，合上盖子。' } },
    { parcel: parcel({ waybillNo: NUMBER }), canReopen: false },
  ),
  done: view({ kind: 'done', parcel: done }),
  'done-nothing-printed': view({ kind: 'done', parcel: { ...done, printedNow: false } }),
  'no-label': view(
    { kind: 'no-label', why: '缺纸', next: '装上新标签纸，合上盖子。', canPrint: true },
    { parcel: parcel({ waybillNo: NUMBER }) },
  ),
  'print-unknown': view(
    { kind: 'print-unknown', printerName: '1 号台面单机', waybillNo: NUMBER },
    { parcel: parcel({ waybillNo: NUMBER }) },
  ),
  stopped: view({
    kind: 'stopped',
    displayNo: '#1042',
    reasons: [{ kind: 'stop', stop: 'refund-under-way' }],
    labelIsOut: false,
  }),
  'stopped-after-label': view({
    kind: 'stopped',
    displayNo: '#1042',
    reasons: [
      { kind: 'stopped-after-label', stop: 'cancelled' },
      { kind: 'station-hold', reason: '客服要求改地址' },
    ],
    labelIsOut: true,
  }),
};

export const packingStates: readonly NamedState[] = Object.entries(VIEWS).map(([name, shown]) => ({
  name: `packing/${name}`,
  within: 'shell',
  render: () => <PackingPanel view={shown} acts={acts} />,
}));
