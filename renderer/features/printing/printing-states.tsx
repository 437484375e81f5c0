/** The printing screen in its states, over invented printers and jobs. */
import type { PrinterView, PrintJobView } from '@shared/contract/printing';
import { printJobState } from '@shared/domain/print-job';
import { jobId, printerId } from '@shared/domain/ids';
import { addMs, toInstant } from '@shared/units/instant';
import { CATALOGUE_NOW_MS, type NamedState } from '../../components/catalogue/named-state';
import { PrintingPanel, type PrintingActs } from './PrintingPanel';
import type { PrintingView } from './printing-view';

const NOW = toInstant(CATALOGUE_NOW_MS);
const nothing = (): void => undefined;
const acts: PrintingActs = { check: nothing, test: nothing, search: nothing };

const printer = (id: string, name: string, over: Partial<PrinterView>): PrinterView => ({
  settings: {
    printerId: printerId.parse(id),
    name,
    documents: ['waybill', 'test-page'],
    transport: { kind: 'tcp', host: '192.168.1.41', port: 9100 },
    model: 'zebra-zd421-203',
  },
  state: 'ready',
  attention: null,
  canTell: true,
  waitingJobs: 0,
  ...over,
});

const job = (position: number): PrintJobView => {
  const state = printJobState.options[(position * 5 + 4) % printJobState.options.length] ?? 'done';
  return {
    jobId: jobId.parse(`job-${position}`),
    printerId: printerId.parse('p1'),
    shipmentId: null,
    parcelId: null,
    waybillNo: position === 3 ? '' : `SF14200887319${String(40 - position).padStart(2, '0')}`,
    state,
    code: state === 'failed' ? 'paper-out' : '',
    queuedAt: addMs(NOW, -position * 71_000),
    movedAt: addMs(NOW, -position * 71_000 + 900),
  };
};

const view = (over: Partial<PrintingView>): PrintingView => ({
  now: NOW,
  printers: [
    printer('p1', '1 号台面单机', {}),
    printer('p2', '备用机', { state: 'needs-attention', attention: 'paper-out', waitingJobs: 3 }),
  ],
  busyWith: null,
  search: '',
  jobs: Array.from({ length: 24 }, (_, at) => job(at)),
  labels: null,
  mayTest: true,
  problem: null,
  ...over,
});

const VIEWS: Readonly<Record<string, PrintingView>> = {
  loading: view({ printers: null, jobs: null }),
  none: view({ printers: [], jobs: [] }),
  ready: view({}),
  'all-attention': view({
    printers: [
      printer('p1', '1 号台面单机', { state: 'lost', attention: 'unreachable' }),
      printer('p2', 'Spare', { state: 'busy', canTell: false }),
      printer('p3', '3 号台', { state: 'needs-attention', attention: 'head-open' }),
    ],
  }),
  practice: view({ labels: [] }),
};

export const printingStates: readonly NamedState[] = Object.entries(VIEWS).map(([name, shown]) => ({
  name: `printing/${name}`,
  within: 'shell',
  render: () => <PrintingPanel view={shown} acts={acts} />,
}));
