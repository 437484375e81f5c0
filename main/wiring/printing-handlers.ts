/** The contract's printing area. */
import { answered, refused, type Reply } from '@shared/contract/envelope';
import type { AreaHandlers } from '@shared/contract/define-area';
import type { PrintJobView, printingArea } from '@shared/contract/printing';
import { jobId as jobIdSchema, printerId as printerIdSchema } from '@shared/domain/ids';
import { hasRight } from '@shared/domain/person';
import { ok, refuse } from '@shared/language/result';
import { toInstant, type Clock } from '@shared/units/instant';
import type { Timers } from '@shared/units/timers';
import type { WaybillDocumentInput } from '../../printing/documents/waybill-document';
import type { Spooler } from '../../printing/queue/spooler';
import type { Arbiter } from '../bench/arbiter';
import type { LabelPort } from '../bench/bench-ports';
import { writtenMoment } from '../bench/fill-waybill';
import { WAYBILL_TEMPLATE } from '../bench/packing-service';
import type { PrintMoves } from '../bench/print-moves';
import type { CallContext, SessionPort, SettingsPort } from './ports';
import type { PrinterBoard } from './printer-board';
import { saved } from './saved';

export interface PrintingHandlersDeps {
  readonly board: PrinterBoard;
  readonly spooler: Spooler;
  readonly labels: LabelPort;
  readonly arbiter: Arbiter;
  readonly moves: Pick<PrintMoves, 'allowTestPage'>;
  readonly session: SessionPort;
  readonly settings: SettingsPort;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly newId: () => string;
  readonly modelIsKnown: (model: string) => boolean;
  readonly audit: (action: string, subject: string) => Promise<Reply<unknown>>;
}

const CHECK_LIMIT_MS = 8_000;
const TEST_NUMBER = 'TEST-0000-0000';

/** Invented: a test page shows every part of a label and belongs to nobody. */
const testDocument = (printerName: string, moment: string): WaybillDocumentInput => ({
  kind: 'waybill',
  waybillNumber: TEST_NUMBER,
  orderCode: TEST_NUMBER,
  courierName: '测试页 TEST PAGE',
  storeName: printerName,
  sender: { name: '理货台', phone: '000-0000 0000', address: '测试市样张区打印路 1 号' },
  recipient: {
    name: '测试收件人',
    phone: '000 0000 0000',
    address: '测试省测试市测试区永字八法路 123 号 4 单元 501 室',
  },
  lines: [{ sku: 'TEST', title: '测试商品 sample goods', quantity: 1 }],
  printedAt: moment,
});

export function printingHandlers(deps: PrintingHandlersDeps): AreaHandlers<typeof printingArea, CallContext> {
  const { board, session, settings } = deps;
  const maySetUp = (): boolean => hasRight(session.current()?.role ?? 'picker', 'set-up');
  return {
    printers: () => answered([...board.list()]),
    savePrinter: async (printer) => {
      if (!maySetUp()) return refused('not-allowed');
      if (!deps.modelIsKnown(printer.model)) return refused('bad-request', { problem: 'model-unknown' });
      const others = settings.printers().filter(({ printerId }) => printerId !== printer.printerId);
      const reply = await saved(() => settings.savePrinters([...others, printer]));
      if (!reply.ok) return reply;
      await deps.audit('printer-saved', printer.printerId);
      await board.sync();
      return reply;
    },
    removePrinter: async ({ printerId }) => {
      if (!maySetUp()) return refused('not-allowed');
      const others = settings.printers().filter((printer) => printer.printerId !== printerId);
      if (others.length === settings.printers().length) return refused('printer-unknown');
      const reply = await saved(() => settings.savePrinters(others));
      if (!reply.ok) return reply;
      await deps.audit('printer-removed', printerId);
      await board.sync();
      return reply;
    },
    checkPrinter: async ({ printerId }) => {
      const view = await board.check(printerId, CHECK_LIMIT_MS, (ms, run) => deps.timers.after(ms, run));
      return view === null ? refused('printer-unknown') : answered(view);
    },
    printTest: ({ printerId }) => printTest(deps, printerId),
    jobs: ({ search, limit }) => answered(listJobs(deps, search, limit)),
  };
}

/** A test page belongs to no parcel: on the record that it was asked for, its steps live in the spooler only. */
async function printTest(
  deps: PrintingHandlersDeps,
  id: ReturnType<typeof printerIdSchema.parse>,
): Promise<Reply<{ jobId: string }>> {
  const person = deps.session.current();
  if (person === null) return refused('not-signed-in');
  if (!hasRight(person.role, 'pack') && !hasRight(person.role, 'set-up')) return refused('not-allowed');
  const chosen = deps.board.chosen(id);
  if (!chosen.ok) return refused(chosen.error);
  const name = deps.settings.printers().find(({ printerId }) => printerId === id)?.name ?? '';
  const jobId = jobIdSchema.parse(deps.newId());
  const document = testDocument(name, writtenMoment(deps.clock.now()));
  const label = await deps.labels.make({
    jobId,
    document,
    templateId: WAYBILL_TEMPLATE,
    printer: chosen.value.capability,
  });
  if (!label.ok) return refused('label-failed', { code: label.error.code });
  const audited = await deps.audit('test-page', id);
  if (!audited.ok) return audited;
  deps.moves.allowTestPage(jobId);
  const submitted = await deps.spooler.submit(
    { jobId, destinationId: id, produce: async () => (label.ok ? ok(label.value.bytes) : refuse({ code: 'label' })) },
    { recorded: true },
  );
  return submitted.ok ? answered({ jobId }) : refused('printer-unknown');
}

/** Parcels' jobs from the journal, test pages from the spooler; newest first. */
function listJobs({ arbiter, spooler }: PrintingHandlersDeps, search: string, limit: number): PrintJobView[] {
  const wanted = search.trim().toUpperCase();
  const views: PrintJobView[] = [...arbiter.state.allJobs()];
  for (const job of spooler.listJobs()) {
    if (arbiter.state.job(jobIdSchema.parse(job.jobId)) !== undefined) continue;
    views.push({
      jobId: jobIdSchema.parse(job.jobId),
      printerId: printerIdSchema.parse(job.destinationId),
      shipmentId: null,
      parcelId: null,
      waybillNo: TEST_NUMBER,
      state: job.state,
      code: job.code ?? '',
      queuedAt: toInstant(job.queuedAtMs),
      movedAt: toInstant(job.queuedAtMs),
    });
  }
  return views
    .filter((view) => view.waybillNo.includes(wanted))
    .sort((a, b) => b.queuedAt - a.queuedAt)
    .slice(0, limit);
}
