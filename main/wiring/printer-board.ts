/** The bench's printers: settings, models and the spooler's destinations brought together. */
import {
  attention as attentionSchema,
  type Attention,
  type PrinterSettings,
  type PrinterView,
} from '@shared/contract/printing';
import type { PrinterId } from '@shared/domain/ids';
import { ok, refuse, type Result } from '@shared/language/result';
import type { Timers } from '@shared/units/timers';
import type { PrinterCapability } from '../../printing/printers/capabilities';
import { zplHostStatusProtocol } from '../../printing/printers/status/zpl-host-status';
import type { Destination, DestinationView } from '../../printing/queue/print-job';
import type { Spooler } from '../../printing/queue/spooler';
import { createRawTcpTransport } from '../../printing/transports/raw-tcp-transport';
import type { DeviceState } from '../../printing/transports/transport';
import type { ChosenPrinter, PrinterChoice } from '../bench/bench-ports';

export interface PrinterBoardDeps {
  readonly spooler: Spooler;
  readonly capabilities: ReadonlyMap<string, PrinterCapability>;
  readonly printers: () => readonly PrinterSettings[];
  readonly onChanged: (view: PrinterView) => void;
  readonly timers: Timers;
}

/** How often a printer that is not well is asked again, so that "paper is back" shows without a job. Milliseconds. */
const ASK_AGAIN_MS = 10_000;

/** A printer that answers is asked on a link that stays open so long, so that the next label waits for no connection. */
const KEEP_WARM_MS = 30_000;

/** What a status reader or transport may say, in the words that the screens know. */
const SAID_OTHERWISE: Readonly<Record<string, Attention>> = {
  offline: 'unreachable',
  'not-reachable': 'unreachable',
  'connect-timeout': 'unreachable',
  'device-held': 'unreachable',
  'link-lost': 'unreachable',
  'driver-missing': 'unreachable',
  'write-stalled': 'stalled',
  'transport-busy': 'stalled',
  'too-cold': 'stalled',
  'memory-corrupt': 'stalled',
  'label-not-taken': 'stalled',
  fault: 'stalled',
};

function attentionOf(state: DeviceState): Attention | null {
  const said = state.kind === 'needs-attention' ? state.why[0] : state.kind === 'lost' ? state.code : undefined;
  if (said === undefined) return null;
  const known = attentionSchema.safeParse(said);
  return known.success ? known.data : (SAID_OTHERWISE[said] ?? 'stalled');
}

export class PrinterBoard implements PrinterChoice {
  private readonly views = new Map<string, DestinationView>();
  private readonly connected = new Map<PrinterId, string>();
  private syncing: Promise<void> = Promise.resolve();
  private readonly cancel: () => void;
  private cancelAsking: () => void;

  constructor(private readonly deps: PrinterBoardDeps) {
    this.cancel = deps.spooler.subscribeDestinations((view) => {
      this.views.set(view.id, view);
      const settings = deps.printers().find((printer) => printer.printerId === view.id);
      if (settings !== undefined) deps.onChanged(this.viewOf(settings));
    });
    this.cancelAsking = deps.timers.after(ASK_AGAIN_MS, () => this.askUnwell());
  }

  stop(): void {
    this.cancelAsking();
    this.cancel();
  }

  private askUnwell(): void {
    for (const { settings, state } of this.list())
      if (state !== 'ready' && state !== 'busy') this.deps.spooler.wantStatus(settings.printerId);
    this.cancelAsking = this.deps.timers.after(ASK_AGAIN_MS, () => this.askUnwell());
  }

  /** Gives the spooler what settings hold now. Printers whose settings did not change are left alone with their jobs. */
  sync(): Promise<void> {
    this.syncing = this.syncing.then(() => this.syncNow());
    return this.syncing;
  }

  list(): readonly PrinterView[] {
    return this.deps.printers().map((settings) => this.viewOf(settings));
  }

  printerFor(document: 'waybill' | 'test-page'): Result<ChosenPrinter, 'printer-not-set' | 'printer-unknown'> {
    const printer = this.deps.printers().find(({ documents }) => documents.includes(document));
    return printer === undefined ? refuse('printer-not-set') : this.chosen(printer.printerId);
  }

  chosen(id: PrinterId): Result<ChosenPrinter, 'printer-unknown'> {
    const settings = this.deps.printers().find(({ printerId }) => printerId === id);
    const capability = settings === undefined ? undefined : this.deps.capabilities.get(settings.model);
    return capability === undefined ? refuse('printer-unknown') : ok({ printerId: id, capability });
  }

  /** Asks a printer how it is. @returns its view when it has answered or the time for it is over. */
  async check(
    id: PrinterId,
    limitMs: number,
    after: (ms: number, run: () => void) => () => void,
  ): Promise<PrinterView | null> {
    const settings = this.deps.printers().find(({ printerId }) => printerId === id);
    if (settings === undefined) return null;
    await this.sync();
    await new Promise<void>((resolve) => {
      const stop = (): void => {
        cancelTimer();
        cancelView();
        resolve();
      };
      const cancelTimer = after(limitMs, stop);
      const cancelView = this.deps.spooler.subscribeDestinations((view) => {
        if (view.id === id && view.state.kind !== 'connecting') stop();
      });
      this.deps.spooler.wantStatus(id);
    });
    return this.viewOf(settings);
  }

  private async syncNow(): Promise<void> {
    const wanted = this.deps.printers();
    for (const id of [...this.connected.keys()]) {
      if (wanted.some((printer) => printer.printerId === id)) continue;
      this.connected.delete(id);
      this.views.delete(id);
      await this.deps.spooler.removeDestination(id);
    }
    for (const printer of wanted) {
      const capability = this.deps.capabilities.get(printer.model);
      const fingerprint = JSON.stringify([printer.transport, printer.model]);
      if (capability === undefined || this.connected.get(printer.printerId) === fingerprint) continue;
      this.connected.set(printer.printerId, fingerprint);
      await this.deps.spooler.addDestination(destinationOf(printer, capability));
      this.deps.onChanged(this.viewOf(printer));
      // Asked at once, so that "paper out" is on screen before the first label is needed.
      this.deps.spooler.wantStatus(printer.printerId);
    }
  }

  private viewOf(settings: PrinterSettings): PrinterView {
    const view = this.views.get(settings.printerId);
    const state: DeviceState = view?.state ?? { kind: 'absent' };
    return {
      settings,
      state: state.kind,
      attention: attentionOf(state),
      canTell: view?.canTell ?? this.deps.capabilities.get(settings.model)?.status.answers !== 'never',
      waitingJobs: (view?.queued ?? 0) + (view?.inFlight ?? 0),
    };
  }
}

function destinationOf(printer: PrinterSettings, { status }: PrinterCapability): Destination {
  const { host, port } = printer.transport;
  const transport = createRawTcpTransport({ host, port });
  const answers = status.protocol === 'zpl-host-status' ? status.answers : 'never';
  if (answers === 'never') return { id: printer.printerId, transport };
  return {
    id: printer.printerId,
    transport,
    status: { protocol: zplHostStatusProtocol, answers, timeoutMs: status.answerTimeoutMs },
    keepWarmMs: KEEP_WARM_MS,
  };
}
