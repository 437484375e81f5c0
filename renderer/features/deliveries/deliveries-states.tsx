/** The deliveries screen in its states, over invented deliveries. */
import { parkCode, type DeliveryState } from '@shared/domain/delivery';
import { deliveryId } from '@shared/domain/ids';
import { addMs, toInstant } from '@shared/units/instant';
import { CATALOGUE_NOW_MS, type NamedState } from '../../components/catalogue/named-state';
import type { DeliveriesActs } from './deliveries-acts';
import { DeliveriesPanel } from './DeliveriesPanel';
import type { DeliveriesView, DeliveryLine } from './deliveries-view';

const NOW = toInstant(CATALOGUE_NOW_MS);
const nothing = (): void => undefined;
const acts: DeliveriesActs = { show: nothing, choose: nothing, tryAgain: nothing, settleOutside: nothing };

const line = (position: number, state: DeliveryState): DeliveryLine => ({
  deliveryId: deliveryId.parse(`delivery-${position}`),
  displayNo: `#${1042 + position}`,
  storeName: position % 2 === 0 ? '青禾生活旗舰店' : 'Northwind Outdoor',
  waybillNo: `SF14200887319${String(position).padStart(2, '0')}`,
  carrier: '顺丰速运',
  state,
  attempts: state === 'parked' ? 6 + position : position % 3,
  nextAttemptAt: state === 'waiting' ? addMs(NOW, position * 45_000) : null,
  lastCode:
    state === 'parked'
      ? (parkCode.options[position % parkCode.options.length] ?? null)
      : state === 'waiting' && position > 1
        ? 'offline'
        : null,
  createdAt: addMs(NOW, -position * 11 * 60_000 - 30_000),
  deadline: addMs(NOW, (position - 1) * 50 * 60_000),
});

const lines = (count: number, state: DeliveryState): readonly DeliveryLine[] =>
  Array.from({ length: count }, (_, at) => line(at, state));

const view = (over: Partial<DeliveriesView>): DeliveriesView => ({
  now: NOW,
  counts: { parked: 9, unknown: 1, waiting: 37, 'under-way': 2, acknowledged: 1_180, shown: 5_402, withdrawn: 4 },
  state: 'parked',
  lines: lines(9, 'parked'),
  chosen: null,
  mayAct: true,
  problem: null,
  ...over,
});

const VIEWS: Readonly<Record<string, DeliveriesView>> = {
  loading: view({ lines: null }),
  empty: view({
    lines: [],
    counts: { parked: 0, unknown: 0, waiting: 0, 'under-way': 0, acknowledged: 0, shown: 0, withdrawn: 0 },
  }),
  parked: view({ chosen: deliveryId.parse('delivery-0') }),
  'parked-packer': view({ chosen: deliveryId.parse('delivery-3'), mayAct: false }),
  waiting: view({ state: 'waiting', lines: lines(37, 'waiting') }),
};

export const deliveriesStates: readonly NamedState[] = Object.entries(VIEWS).map(([name, shown]) => ({
  name: `deliveries/${name}`,
  within: 'shell',
  render: () => <DeliveriesPanel view={shown} acts={acts} />,
}));
