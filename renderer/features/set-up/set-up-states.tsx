/** Set-up and first-run in their states, over invented stores, printers and people. */
import type { StoreView } from '@shared/contract/stores';
import { personId, poolId, printerId, storeId } from '@shared/domain/ids';
import { addMs, toInstant } from '@shared/units/instant';
import { CATALOGUE_NOW_MS, type NamedState } from '../../components/catalogue/named-state';
import type { FirstRunView } from './first-run/first-run-view';
import { FirstRunPanel, type FirstRunActs } from './first-run/FirstRunPanel';
import type { SetUpActs } from './set-up-acts';
import { SetUpPanel } from './SetUpPanel';
import type { SetUpView } from './set-up-view';

const NOW = toInstant(CATALOGUE_NOW_MS);
const nothing = (): void => undefined;
const acts: SetUpActs = {
  go: nothing,
  openForm: nothing,
  testStore: nothing,
  saveStore: nothing,
  removeStore: nothing,
  pullNow: nothing,
  savePrinter: nothing,
  removePrinter: nothing,
  importNumbers: nothing,
  savePerson: nothing,
  saveLook: nothing,
  tryVoice: nothing,
};

const store = (id: string, name: string, over: Partial<StoreView['freshness']>): StoreView => ({
  policy: {
    storeId: storeId.parse(id),
    platform: 'medusa',
    name,
    warehouse: 'main',
    tier: 1,
    slaHours: 24,
    lane: 'A',
    orderOfWork: 'verify-first',
    tellAt: 'closed',
    withdrawWindowMs: 20_000,
    carrier: '顺丰速运',
    poolId: poolId.parse('sf-2026'),
    sender: { name: '青禾发货组', phone: '010-0000 0000', address: '虚构市练习路 1 号' },
    staleAfterMinutes: 60,
    whenStale: 'go-on-and-list',
  },
  connection: {
    kind: 'medusa',
    baseUrl: `https://${id}.example.com`,
    locationId: null,
    lookBackDays: 30,
    pollSeconds: 20,
  },
  hasSecret: true,
  freshness: {
    storeId: storeId.parse(id),
    state: 'fresh',
    caughtUpAt: addMs(NOW, -20_000),
    failure: null,
    failingSince: null,
    unreadable: [],
    clockSkewMs: 120,
    ...over,
  },
});

const refusedStore = store('northwind', 'Northwind Outdoor', {
  state: 'refused',
  failure: { code: 'unauthorized', status: 401, detail: '', notBefore: null },
});

const view = (over: Partial<SetUpView>): SetUpView => ({
  now: NOW,
  section: 'stores',
  form: { kind: 'none' },
  busy: false,
  problem: null,
  stores: [store('qinghe', '青禾生活旗舰店', {}), refusedStore],
  printers: [
    {
      settings: {
        printerId: printerId.parse('p1'),
        name: '1 号台面单机',
        documents: ['waybill'],
        transport: { kind: 'tcp', host: '192.168.1.41', port: 9100 },
        model: 'zebra-zd421-203',
      },
      state: 'ready',
      attention: null,
      canTell: true,
      waitingJobs: 0,
    },
  ],
  pools: [
    { poolId: poolId.parse('sf-2026'), carrier: '顺丰速运', free: 4_812, used: 1_188, voided: 3 },
    { poolId: poolId.parse('yto-a'), carrier: '圆通速递', free: 37, used: 9_963, voided: 0 },
  ],
  people: [
    { personId: personId.parse('p1'), name: '林晓岚', role: 'packer' },
    { personId: personId.parse('p2'), name: '何雨桐', role: 'lead' },
    { personId: personId.parse('p3'), name: '方致远', role: 'administrator' },
  ],
  look: { language: 'zh-CN', theme: 'system', soundVolume: 0.8, speakStops: true },
  tested: null,
  imported: null,
  maySetUp: true,
  mayImport: true,
  ...over,
});

const VIEWS: Readonly<Record<string, SetUpView>> = {
  stores: view({}),
  'stores-empty': view({ stores: [] }),
  'store-form': view({
    form: { kind: 'new' },
    tested: { latencyMs: 84, openOrders: 128, firstOrders: ['#1042', '#1043', '#1044'] },
  }),
  printers: view({ section: 'printers' }),
  'printer-form': view({ section: 'printers', form: { kind: 'new' } }),
  numbers: view({ section: 'numbers' }),
  'numbers-form': view({
    section: 'numbers',
    form: { kind: 'edit', id: 'sf-2026' },
    imported: {
      added: 1_996,
      known: 4,
      invalid: [
        { line: 17, text: 'SF 1420 0887 (重复?)' },
        { line: 203, text: '—' },
      ],
    },
  }),
  people: view({ section: 'people' }),
  'person-form': view({ section: 'people', form: { kind: 'edit', id: 'p1' } }),
  look: view({ section: 'look' }),
  commands: view({ section: 'commands' }),
  'not-yours': view({ maySetUp: false }),
};

const firstRunActs: FirstRunActs = {
  go: nothing,
  practice: nothing,
  applyDocument: nothing,
  saveAdministrator: nothing,
  testStore: nothing,
  saveStore: nothing,
  savePrinter: nothing,
  printTest: nothing,
  importNumbers: nothing,
  finish: nothing,
};

const firstRun = (over: Partial<FirstRunView>): FirstRunView => ({
  step: 'welcome',
  busy: false,
  problem: null,
  documentProblems: [],
  tested: null,
  imported: null,
  pool: { poolId: 'pool-1', carrier: '' },
  testPage: 'none',
  done: { store: false, printer: false, numbers: false },
  ...over,
});

const FIRST_RUNS: Readonly<Record<string, FirstRunView>> = {
  welcome: firstRun({}),
  administrator: firstRun({ step: 'administrator' }),
  store: firstRun({ step: 'store' }),
  printer: firstRun({ step: 'printer' }),
  'printer-done': firstRun({
    step: 'printer',
    testPage: 'sent',
    done: { store: false, printer: true, numbers: false },
  }),
  numbers: firstRun({ step: 'numbers' }),
  document: firstRun({
    step: 'document',
    problem: { happened: '配置文件里有问题。', means: '一项都没有导入。', next: '按下面的清单逐条改好，再导入。' },
    documentProblems: [
      { path: 'stores[0].connection.baseUrl', problem: 'must be an http or https address' },
      { path: 'people[2].pin', problem: 'a PIN has 4 to 12 digits' },
    ],
  }),
  finish: firstRun({ step: 'finish', done: { store: true, printer: false, numbers: true } }),
};

export const setUpStates: readonly NamedState[] = [
  ...Object.entries(VIEWS).map(([name, shown]): NamedState => ({
    name: `set-up/${name}`,
    within: 'shell',
    render: () => <SetUpPanel view={shown} acts={acts} />,
  })),
  ...Object.entries(FIRST_RUNS).map(([name, shown]): NamedState => ({
    name: `first-run/${name}`,
    within: 'gate',
    render: () => <FirstRunPanel view={shown} acts={firstRunActs} />,
  })),
];
