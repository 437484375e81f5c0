/** The shell in its states, and the sample that stands around every screen of the catalogue. */
import { storeId } from '@shared/domain/ids';
import { addMs, toInstant } from '@shared/units/instant';
import { CATALOGUE_NOW_MS, type NamedState } from '../../components/catalogue/named-state';
import { EmptyPicture, FailedPicture, LoadingPicture } from '../../components/picture/Picture';
import type { ShellNotice, ShellView, StoreChip } from '../shell-view';
import { Shell } from '../Shell';

const NOW = toInstant(CATALOGUE_NOW_MS);

const store = (id: string, name: string, over: Partial<StoreChip>): StoreChip => ({
  storeId: storeId.parse(id),
  name,
  state: 'fresh',
  caughtUpAt: addMs(NOW, -20_000),
  failingSince: null,
  ...over,
});

export const sampleShell: ShellView = {
  now: NOW,
  stationId: 'B-03',
  isDemo: false,
  stores: [store('qinghe', '青禾生活旗舰店', {}), store('mujian', '木间文具', { caughtUpAt: addMs(NOW, -64_000) })],
  person: { name: '林晓岚', role: 'packer' },
  notices: [],
  theme: 'system',
  parked: 0,
};

const everyNotice: readonly ShellNotice[] = [
  { kind: 'disk-full' },
  { kind: 'offline', unsent: 1204, stores: 2 },
  { kind: 'key-file' },
];

const VIEWS: Readonly<Record<string, ShellView>> = {
  calm: { ...sampleShell, isDemo: true },
  offline: {
    ...sampleShell,
    notices: [{ kind: 'offline', unsent: 37, stores: 2 }],
    stores: sampleShell.stores.map((each) => ({ ...each, state: 'offline', caughtUpAt: addMs(NOW, -14 * 60_000) })),
    parked: 2,
  },
  trouble: {
    ...sampleShell,
    notices: everyNotice,
    parked: 12,
    person: { name: '欧阳娜娜-高桥', role: 'administrator' },
    stores: [
      store('a', '青禾生活旗舰店', { state: 'refused' }),
      store('b', '木间文具', { state: 'silent', failingSince: addMs(NOW, -31 * 60_000) }),
      store('c', 'Northwind Outdoor & Camping Supplies', { state: 'pulling' }),
      store('d', '小满茶铺', {}),
      store('e', '云上家纺', {}),
    ],
  },
};

const nothing = (): void => undefined;
export const sampleShellActs = { go: nothing, setLanguage: nothing, setTheme: nothing, signOut: nothing };

export const shellStates: readonly NamedState[] = [
  ...Object.entries(VIEWS).map(([name, view]): NamedState => ({
    name: `shell/${name}`,
    within: 'page',
    render: () => (
      <Shell view={view} route="queue" acts={sampleShellActs}>
        <EmptyPicture title={view.stationId} />
      </Shell>
    ),
  })),
  {
    name: 'picture/loading',
    within: 'shell',
    render: () => <LoadingPicture title="正在读取订单" hint="12,480 / 100,000" />,
  },
  {
    name: 'picture/empty',
    within: 'shell',
    render: () => <EmptyPicture title="没有订单" hint="换一个筛选条件试试。" />,
  },
  {
    name: 'picture/failed',
    within: 'shell',
    render: () => <FailedPicture title="读不到订单" hint="本机数据库打不开。" />,
  },
];
