import { afterEach, describe, expect, it } from 'vitest';
import { ok, refuse } from '@shared/language/result';
import { zplHostStatusProtocol } from '../../../printing/printers/status/zpl-host-status';
import { systemPrintClock } from '../../../printing/queue/print-clock';
import type { Destination, JobTransition, JobView, SpoolerLimits } from '../../../printing/queue/print-job';
import { createSpooler, type Spooler } from '../../../printing/queue/spooler';
import { createRawTcpTransport, type RawTcpOptions } from '../../../printing/transports/raw-tcp-transport';
import { startPrinterSink, type PrinterSink, type PrinterSinkOptions } from '../../rigs/printer-sink';

interface Bench {
  readonly sink: PrinterSink;
  readonly spooler: Spooler;
  readonly journal: JobTransition[];
  readonly views: JobView[];
  readonly faults: Error[];
}

interface BenchOptions {
  readonly sink?: PrinterSinkOptions;
  readonly answers?: 'always' | 'maybe';
  readonly limits?: Partial<SpoolerLimits>;
  readonly transport?: Partial<RawTcpOptions>;
  readonly destination?: Partial<Destination>;
  readonly journal?: (transition: JobTransition, sink: PrinterSink) => Promise<void>;
}

const open: Bench[] = [];
afterEach(async () => {
  for (const { spooler, sink } of open.splice(0)) {
    await spooler.stop();
    await sink.stop();
  }
});

const startBench = async (options: BenchOptions = {}): Promise<Bench> => {
  const sink = await startPrinterSink(options.sink);
  const journal: JobTransition[] = [];
  const faults: Error[] = [];
  const spooler = createSpooler({
    journal: {
      record: async (transition) => {
        await options.journal?.(transition, sink);
        journal.push(transition);
      },
    },
    clock: systemPrintClock,
    limits: { confirmPollMs: 20, attentionPollMs: 30, confirmMs: 2000, ...options.limits },
    reportFault: (fault) => faults.push(fault),
  });
  const views: JobView[] = [];
  spooler.subscribe((view) => views.push(view));
  const transport = createRawTcpTransport({
    host: sink.host,
    port: sink.port,
    closeTimeoutMs: 300,
    writeStallTimeoutMs: 300,
    ...options.transport,
  });
  const status =
    options.answers === undefined
      ? {}
      : { status: { protocol: zplHostStatusProtocol, answers: options.answers, timeoutMs: 150 } };
  await spooler.addDestination({ id: 'bench-printer', transport, ...status, ...options.destination });
  const bench = { sink, spooler, journal, views, faults };
  open.push(bench);
  return bench;
};

const label = (text: string, bytes = 2000): Uint8Array =>
  new TextEncoder().encode(`^XA^FX${text}${' '.repeat(bytes)}^XZ`);

const submit = async (bench: Bench, jobId: string, bytes = label(jobId)): Promise<void> => {
  const submitted = await bench.spooler.submit({
    jobId,
    destinationId: 'bench-printer',
    produce: async () => ok(bytes),
  });
  expect(submitted.ok).toBe(true);
};

/** Waits until a job is in a state; looks at every change, never at the clock. */
const reaches = async (bench: Bench, jobId: string, isThere: (job: JobView) => boolean): Promise<JobView> => {
  const now = bench.spooler.findJob(jobId);
  if (now !== undefined && isThere(now)) return now;
  return new Promise((resolve) => {
    const cancel = bench.spooler.subscribe((job) => {
      if (job.jobId !== jobId || !isThere(job)) return;
      cancel();
      resolve(job);
    });
  });
};
const inState =
  (...states: JobView['state'][]) =>
  (job: JobView) =>
    states.includes(job.state);
const walkOf = (bench: Bench, jobId: string): string[] =>
  bench.journal.filter((each) => each.jobId === jobId).map(({ to }) => to);

describe('a job on a printer that cannot tell', () => {
  it('is sent, and the printer closing in turn speaks for it', async () => {
    const bench = await startBench();
    await submit(bench, 'a');
    expect(await reaches(bench, 'a', inState('sent'))).toMatchObject({
      evidence: 'printer-closed',
      flushedBytes: 2010,
    });
    expect(walkOf(bench, 'a')).toEqual(['queued', 'sending', 'sent']);
    await bench.sink.until(({ papers }) => papers.length === 1);
    expect(bench.faults).toEqual([]);
  });

  it('is in the journal as sending before the printer has a byte', async () => {
    const seen: number[] = [];
    const bench = await startBench({
      journal: async (transition, sink) => {
        if (transition.to === 'sending') seen.push(sink.receivedBytes);
      },
    });
    await submit(bench, 'a');
    await reaches(bench, 'a', inState('sent'));
    expect(seen).toEqual([0]);
  });

  it('fails when nobody listens, and no byte was sent', async () => {
    const bench = await startBench({ sink: { behaviour: { kind: 'refuses' } } });
    await submit(bench, 'a');
    expect(await reaches(bench, 'a', inState('failed'))).toMatchObject({ code: 'not-reachable', flushedBytes: 0 });
    expect(walkOf(bench, 'a')).toEqual(['queued', 'failed']);
  });

  it('is unknown when the printer cuts the link in the middle, and is not sent again', async () => {
    const bench = await startBench({ sink: { behaviour: { kind: 'resets-after', bytes: 30_000 } } });
    await submit(bench, 'a', label('a', 20_000_000));
    expect(await reaches(bench, 'a', inState('unknown', 'sent'))).toMatchObject({
      state: 'unknown',
      code: 'link-lost',
    });
    bench.sink.setBehaviour({ kind: 'ok' });
    await submit(bench, 'b');
    await reaches(bench, 'b', inState('sent'));
    await bench.sink.until(({ jobs }) => jobs.length === 1);
    expect(Buffer.from(bench.sink.jobs[0]?.bytes ?? []).toString()).toContain('^FXb');
    expect(bench.spooler.findJob('a')?.state).toBe('unknown');
  });

  it('is unknown when a short label was taken by the system and the printer threw it away', async () => {
    const bench = await startBench({ sink: { behaviour: { kind: 'resets-after', bytes: 100 } } });
    await submit(bench, 'a');
    expect(await reaches(bench, 'a', inState('unknown', 'sent'))).toMatchObject({ state: 'unknown' });
  });

  it('is unknown when the printer takes nothing for the time limit', async () => {
    const bench = await startBench({ sink: { behaviour: { kind: 'never-reads' } } });
    await submit(bench, 'a', label('a', 20_000_000));
    expect(await reaches(bench, 'a', inState('unknown'))).toMatchObject({ code: 'write-stalled' });
  });

  it('is not asked again after it was silent once', async () => {
    const bench = await startBench({ answers: 'maybe' });
    await submit(bench, 'a');
    await reaches(bench, 'a', inState('sent'));
    await submit(bench, 'b');
    await reaches(bench, 'b', inState('sent'));
    expect(bench.sink.questions).toBe(1);
    expect(bench.spooler.listDestinations()).toMatchObject([{ canTell: false }]);
  });
});

describe('a job on a printer that answers', () => {
  it('is seen printing and then done', async () => {
    const bench = await startBench({ answers: 'always', sink: { answersStatus: 'always', printMs: 120 } });
    await submit(bench, 'a');
    expect(await reaches(bench, 'a', inState('done'))).toMatchObject({ evidence: 'printer-answered' });
    expect(walkOf(bench, 'a')).toEqual(['queued', 'sending', 'sent', 'seen-printing', 'done']);
    expect(bench.sink.papers).toHaveLength(1);
  });

  it.each([
    ['paper-out', { paperOut: true }],
    ['head-open', { headOpen: true }],
    ['paused', { paused: true }],
  ] as const)('waits with the reason %s, without a byte, and prints once that is mended', async (reason, status) => {
    const bench = await startBench({ answers: 'always', sink: { answersStatus: 'always', status } });
    await submit(bench, 'a');
    const waiting = await reaches(bench, 'a', (job) => job.attention.length > 0);
    expect(waiting).toMatchObject({ state: 'queued', attention: [reason] });
    expect(bench.spooler.listDestinations()).toMatchObject([{ state: { kind: 'needs-attention', why: [reason] } }]);
    expect(bench.sink.jobs).toHaveLength(0);
    bench.sink.setStatus({ paperOut: false, headOpen: false, paused: false });
    expect(await reaches(bench, 'a', inState('done'))).toMatchObject({ attention: [] });
    expect(bench.sink.papers).toHaveLength(1);
  });

  it('waits as no-answer when a printer that always answers is silent', async () => {
    const bench = await startBench({
      answers: 'always',
      sink: { answersStatus: 'unless-troubled', status: { headOpen: true } },
    });
    await submit(bench, 'a');
    expect(await reaches(bench, 'a', (job) => job.attention.length > 0)).toMatchObject({
      state: 'queued',
      attention: ['no-answer'],
    });
    bench.sink.setStatus({ headOpen: false });
    await reaches(bench, 'a', inState('done'));
    expect(bench.sink.papers).toHaveLength(1);
  });

  it('expires when the printer stays in trouble, and is not printed when the paper comes back', async () => {
    const bench = await startBench({
      answers: 'always',
      limits: { queuedMs: 150 },
      sink: { answersStatus: 'always', status: { paperOut: true } },
    });
    await submit(bench, 'a');
    expect(await reaches(bench, 'a', inState('expired'))).toMatchObject({ code: 'waited-too-long' });
    bench.sink.setStatus({ paperOut: false });
    await submit(bench, 'b');
    await reaches(bench, 'b', inState('done'));
    expect(bench.sink.jobs).toHaveLength(1);
  });

  it('is not called done while the paper ran out under it, and is done when the printer went on', async () => {
    const bench = await startBench({ answers: 'always', sink: { answersStatus: 'always', printMs: 60 } });
    await submit(bench, 'a');
    await bench.sink.until(({ jobs }) => jobs.length === 1);
    bench.sink.setStatus({ paperOut: true });
    const stuck = await reaches(bench, 'a', (job) => job.attention.includes('paper-out'));
    expect(['sent', 'seen-printing']).toContain(stuck.state);
    bench.sink.setStatus({ paperOut: false });
    await reaches(bench, 'a', inState('done'));
    expect(bench.sink.jobs).toHaveLength(1);
  });

  it('is unknown when the printer falls silent behind the bytes', async () => {
    const bench = await startBench({ answers: 'always', sink: { answersStatus: 'always' } });
    const before = bench.sink.until(({ jobs }) => jobs.length === 1);
    bench.spooler.subscribe((job) => {
      if (job.state === 'sending') bench.sink.setAnswersStatus('never');
    });
    await submit(bench, 'a');
    await before;
    expect(await reaches(bench, 'a', inState('unknown', 'sent'))).toMatchObject({
      state: 'unknown',
      code: 'no-answer',
    });
  });

  it('stays one job when the printer prints its last label again by itself', async () => {
    const bench = await startBench({ answers: 'always', sink: { answersStatus: 'always' } });
    await submit(bench, 'a');
    await reaches(bench, 'a', inState('done'));
    bench.sink.reprintLast();
    expect(bench.sink.papers).toHaveLength(2);
    expect(walkOf(bench, 'a').filter((state) => state === 'sending')).toHaveLength(1);
    await submit(bench, 'b');
    await reaches(bench, 'b', inState('done'));
    expect(bench.sink.jobs).toHaveLength(2);
  });

  it('lets no more jobs be under way than allowed, and keeps their order', async () => {
    const bench = await startBench({
      answers: 'always',
      destination: { maxInFlight: 2 },
      sink: { answersStatus: 'always', printMs: 30 },
    });
    let most = 0;
    bench.spooler.subscribeDestinations(({ inFlight }) => (most = Math.max(most, inFlight)));
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const id of ids) await submit(bench, id);
    for (const id of ids) await reaches(bench, id, inState('done'));
    expect(most).toBe(2);
    expect(bench.sink.papers.map((paper) => Buffer.from(paper).toString().charAt(6))).toEqual(ids);
  });

  it('uses a warm link again, and a new one when the printer dropped it meanwhile', async () => {
    const bench = await startBench({
      answers: 'always',
      destination: { keepWarmMs: 60_000 },
      sink: { answersStatus: 'always' },
    });
    for (const id of ['a', 'b']) {
      await submit(bench, id);
      await reaches(bench, id, inState('done'));
    }
    expect(bench.sink.connections).toBe(1);
    const noticed = new Promise<void>((resolve) =>
      bench.spooler.subscribeDestinations(({ state }) => state.kind === 'lost' && resolve()),
    );
    bench.sink.cutConnections();
    await noticed;
    await submit(bench, 'c');
    await reaches(bench, 'c', inState('done'));
    expect(bench.sink.connections).toBe(2);
    expect(bench.sink.papers).toHaveLength(3);
  });
});

describe('the spooler', () => {
  it('takes the same job id twice as the same job', async () => {
    const bench = await startBench();
    await Promise.all([submit(bench, 'a'), submit(bench, 'a')]);
    await reaches(bench, 'a', inState('sent'));
    await submit(bench, 'a');
    expect(walkOf(bench, 'a')).toEqual(['queued', 'sending', 'sent']);
    await bench.sink.until(({ jobs }) => jobs.length === 1);
  });

  it('does not print when the journal cannot take the record', async () => {
    const bench = await startBench({
      journal: async ({ to }) => {
        if (to !== 'queued') throw new Error('disk full');
      },
    });
    await submit(bench, 'a');
    expect(await reaches(bench, 'a', inState('failed'))).toMatchObject({ code: 'journal-unwritable' });
    expect(bench.sink.receivedBytes).toBe(0);
    expect(bench.faults.map(({ message }) => message)).toContain('disk full');
  });

  it('refuses a job that the journal cannot take, and forgets it', async () => {
    const bench = await startBench({ journal: async () => Promise.reject(new Error('disk full')) });
    const produce = async () => ok(label('a'));
    const request = { jobId: 'a', destinationId: 'bench-printer', produce };
    expect(await bench.spooler.submit(request)).toEqual({ ok: false, error: { code: 'journal-unwritable' } });
    expect(bench.spooler.findJob('a')).toBeUndefined();
    expect(await bench.spooler.submit({ ...request, destinationId: 'nowhere' })).toEqual({
      ok: false,
      error: { code: 'destination-unknown' },
    });
  });

  it('calls a job unknown when it was sent and the journal could not learn of it: a restart would read the same', async () => {
    const bench = await startBench({
      journal: async ({ to }) => {
        if (to === 'sent') throw new Error('disk full');
      },
    });
    await submit(bench, 'a');
    expect(await reaches(bench, 'a', inState('unknown', 'sent'))).toMatchObject({
      state: 'unknown',
      code: 'journal-unwritable',
    });
  });

  it('waits for a slow journal before the first byte, and not for ever', async () => {
    const bench = await startBench({
      limits: { journalMs: 100 },
      journal: async ({ to }) => (to === 'sending' ? new Promise(() => undefined) : undefined),
    });
    await submit(bench, 'a');
    expect(await reaches(bench, 'a', inState('failed'))).toMatchObject({ code: 'journal-unwritable' });
    expect(bench.sink.receivedBytes).toBe(0);
  });

  it('fails a job whose label cannot be made, and goes on with the next', async () => {
    const bench = await startBench();
    const base = { destinationId: 'bench-printer' };
    await bench.spooler.submit({ ...base, jobId: 'a', produce: async () => refuse({ code: 'barcode-empty' }) });
    await bench.spooler.submit({ ...base, jobId: 'b', produce: async () => Promise.reject(new Error('worker died')) });
    await submit(bench, 'c');
    await reaches(bench, 'c', inState('sent'));
    expect(bench.spooler.findJob('a')).toMatchObject({ state: 'failed', code: 'document-not-made' });
    expect(bench.spooler.findJob('b')).toMatchObject({ state: 'failed', code: 'document-not-made' });
  });

  it('turns jobs of the run before into unknown and expired, on the record, and sends nothing', async () => {
    const bench = await startBench();
    const base = { destinationId: 'bench-printer', queuedAtMs: 1 };
    await bench.spooler.restore([
      { ...base, jobId: 'q', state: 'queued' },
      { ...base, jobId: 's', state: 'sending' },
      { ...base, jobId: 't', state: 'sent' },
    ]);
    expect(bench.spooler.listJobs().map(({ jobId, state }) => [jobId, state])).toEqual([
      ['q', 'expired'],
      ['s', 'unknown'],
      ['t', 'sent'],
    ]);
    expect(bench.journal.map(({ jobId, from, to }) => [jobId, from, to])).toEqual([
      ['q', 'queued', 'expired'],
      ['s', 'sending', 'unknown'],
    ]);
    await submit(bench, 's');
    await submit(bench, 'new');
    await reaches(bench, 'new', inState('sent'));
    await bench.sink.until(({ jobs }) => jobs.length === 1);
    expect(bench.spooler.findJob('s')?.state).toBe('unknown');
  });

  it('lets a person settle an unknown job, once', async () => {
    const bench = await startBench({ sink: { behaviour: { kind: 'resets-after', bytes: 100 } } });
    for (const id of ['a', 'b']) {
      await submit(bench, id);
      await reaches(bench, id, inState('unknown'));
    }
    expect(await bench.spooler.confirmPrinted('a')).toMatchObject({
      ok: true,
      value: { state: 'done', code: 'person-confirmed' },
    });
    expect(await bench.spooler.declareNotPrinted('b')).toMatchObject({ ok: true, value: { state: 'failed' } });
    expect(await bench.spooler.declareNotPrinted('a')).toMatchObject({ ok: false, error: { state: 'done' } });
    expect(await bench.spooler.confirmPrinted('nobody')).toEqual({ ok: false, error: { code: 'job-unknown' } });
    expect(walkOf(bench, 'a')).toEqual(['queued', 'sending', 'unknown', 'done']);
  });

  it('never both withdraws and sends a job', async () => {
    const bench = await startBench({
      answers: 'always',
      sink: { answersStatus: 'always', status: { paperOut: true } },
    });
    await submit(bench, 'a');
    await reaches(bench, 'a', (job) => job.attention.length > 0);
    expect(await bench.spooler.withdraw('a')).toMatchObject({
      ok: true,
      value: { state: 'failed', code: 'withdrawn' },
    });
    bench.sink.setStatus({ paperOut: false });
    await submit(bench, 'b');
    await reaches(bench, 'b', inState('done'));
    expect(await bench.spooler.withdraw('b')).toMatchObject({ ok: false });
    expect(bench.sink.jobs).toHaveLength(1);
  });

  it('fails the queued jobs of a printer that is taken away', async () => {
    const bench = await startBench({
      answers: 'always',
      sink: { answersStatus: 'always', status: { paperOut: true } },
    });
    await submit(bench, 'a');
    await reaches(bench, 'a', (job) => job.attention.length > 0);
    await bench.spooler.removeDestination('bench-printer');
    expect(bench.spooler.findJob('a')).toMatchObject({ state: 'failed', code: 'destination-removed' });
  });

  it('is not held up by a subscriber that throws', async () => {
    const bench = await startBench();
    const cancel = bench.spooler.subscribe(() => {
      throw new Error('broken screen');
    });
    await submit(bench, 'a');
    expect((await bench.spooler.settled('a'))?.state).toBe('sent');
    cancel();
    const before = bench.faults.length;
    await submit(bench, 'b');
    await reaches(bench, 'b', inState('sent'));
    expect(bench.faults).toHaveLength(before);
  });

  it('tells how a printer is when it is asked, without a job', async () => {
    const bench = await startBench({
      answers: 'always',
      sink: { answersStatus: 'always', status: { headOpen: true } },
    });
    const told = new Promise((resolve) =>
      bench.spooler.subscribeDestinations(({ state }) => state.kind === 'needs-attention' && resolve(state.why)),
    );
    bench.spooler.wantStatus('bench-printer');
    expect(await told).toEqual(['head-open']);
  });

  it('stops in bounded time with jobs still queued, which stay queued in the journal', async () => {
    const bench = await startBench({
      answers: 'always',
      sink: { answersStatus: 'always', status: { paperOut: true } },
    });
    await submit(bench, 'a');
    await reaches(bench, 'a', (job) => job.attention.length > 0);
    await bench.spooler.stop();
    expect(walkOf(bench, 'a')).toEqual(['queued']);
    const produce = async () => ok(label('b'));
    expect(await bench.spooler.submit({ jobId: 'b', destinationId: 'bench-printer', produce })).toMatchObject({
      error: { code: 'spooler-stopped' },
    });
  });
});
