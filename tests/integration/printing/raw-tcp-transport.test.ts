import { afterEach, describe, expect, it } from 'vitest';
import { createRawTcpTransport } from '../../../printing/transports/raw-tcp-transport';
import type { SendProgress } from '../../../printing/transports/transport';
import { startPrinterSink, type PrinterSink, type PrinterSinkOptions } from '../../rigs/printer-sink';

const sinks: PrinterSink[] = [];
const startSink = async (options: PrinterSinkOptions = {}): Promise<PrinterSink> => {
  const sink = await startPrinterSink(options);
  sinks.push(sink);
  return sink;
};
afterEach(async () => {
  await Promise.all(sinks.splice(0).map(async (sink) => sink.stop()));
});

const transportTo = (sink: PrinterSink, limits = {}) =>
  createRawTcpTransport({ host: sink.host, port: sink.port, connectTimeoutMs: 1000, closeTimeoutMs: 500, ...limits });
/** More than the kernel's buffers of a loop-back connection hold. */
const HUGE = new Uint8Array(24 * 1024 * 1024).fill(0x20);
const LABEL = new TextEncoder().encode(`^XA^FO0,0${' '.repeat(40_000)}^FS^XZ`);
const HS = new TextEncoder().encode('~HS');

describe('the raw TCP transport', () => {
  it('delivers the bytes unchanged, counts them and closes in agreement with the printer', async () => {
    const sink = await startSink();
    const transport = transportTo(sink);
    const states: string[] = [];
    transport.onState((state) => states.push(state.kind));
    const progress: SendProgress[] = [];
    expect(await transport.open()).toEqual({ ok: true, value: undefined });
    expect(await transport.send(LABEL, (each) => progress.push(each))).toMatchObject({ ok: true });
    expect(await transport.close()).toBe('confirmed');
    expect(sink.jobs.map(({ bytes }) => [...bytes])).toEqual([[...LABEL]]);
    expect(progress.at(-1)).toEqual({
      totalBytes: LABEL.length,
      handedBytes: LABEL.length,
      flushedBytes: LABEL.length,
    });
    expect(progress.every((each) => each.flushedBytes <= each.handedBytes)).toBe(true);
    expect(states).toEqual(['connecting', 'ready', 'busy', 'ready', 'absent']);
  });

  it('says that nobody listens', async () => {
    const transport = transportTo(await startSink({ behaviour: { kind: 'refuses' } }));
    expect(await transport.open()).toEqual({ ok: false, error: { code: 'not-reachable', systemCode: 'ECONNREFUSED' } });
    expect(transport.state).toEqual({ kind: 'lost', code: 'not-reachable' });
    expect(await transport.send(LABEL)).toEqual({
      ok: false,
      error: { code: 'link-lost', flushedBytes: 0, mayHaveLeft: false },
    });
  });

  it('stops waiting for an address that does not answer', async () => {
    // 192.0.2.0/24 is reserved for documentation (RFC 5737): nothing answers there, or the network says so at once.
    const transport = createRawTcpTransport({ host: '192.0.2.1', connectTimeoutMs: 200 });
    const opened = await transport.open();
    expect(opened.ok).toBe(false);
    if (!opened.ok) expect(['connect-timeout', 'not-reachable']).toContain(opened.error.code);
  });

  it('gives up on a printer that takes nothing, and says that bytes may have left', async () => {
    const transport = transportTo(await startSink({ behaviour: { kind: 'never-reads' } }), {
      writeStallTimeoutMs: 300,
    });
    await transport.open();
    const sent = await transport.send(HUGE);
    expect(sent).toMatchObject({ ok: false, error: { code: 'write-stalled', mayHaveLeft: true } });
    if (!sent.ok) expect(sent.error.flushedBytes).toBeLessThan(HUGE.length);
    expect(transport.state).toEqual({ kind: 'lost', code: 'write-stalled' });
  });

  it('bears a printer that is slow but moves', async () => {
    const sink = await startSink({ behaviour: { kind: 'slow', bytesPerSecond: 40_000_000 } });
    const transport = transportTo(sink, { writeStallTimeoutMs: 1000 });
    await transport.open();
    expect(await transport.send(HUGE)).toMatchObject({ ok: true });
    await sink.until(({ receivedBytes }) => receivedBytes === HUGE.length);
  });

  it.each([{ kind: 'resets-after', bytes: 50_000 } as const, { kind: 'closes-after', bytes: 50_000 } as const])(
    'notices a printer that $kind some bytes',
    async (behaviour) => {
      const transport = transportTo(await startSink({ behaviour }));
      await transport.open();
      expect(await transport.send(HUGE)).toMatchObject({ ok: false, error: { code: 'link-lost', mayHaveLeft: true } });
      expect(await transport.open()).toMatchObject({ ok: true });
    },
  );

  it('learns at closing that a printer threw a short label away', async () => {
    const sink = await startSink({ behaviour: { kind: 'resets-after', bytes: 1000 } });
    const transport = transportTo(sink);
    await transport.open();
    await transport.send(LABEL.slice(0, 2000));
    expect(await transport.close()).toBe('broken');
  });

  it('asks, and gathers an answer', async () => {
    const transport = transportTo(await startSink({ answersStatus: 'always' }));
    await transport.open();
    const endsWell = (answer: Uint8Array): boolean =>
      Buffer.from(answer).toString('latin1').endsWith('0000,1\u0003\r\n');
    expect(await transport.ask(HS, endsWell, 1000)).toMatchObject({ ok: true });
  });

  it('does not wait for an answer for longer than asked', async () => {
    const transport = transportTo(await startSink({ answersStatus: 'never' }));
    await transport.open();
    expect(await transport.ask(HS, () => false, 100)).toEqual({ ok: false, error: { code: 'no-answer' } });
  });

  it('sees a link that the printer dropped while it was idle, and sends nothing into it', async () => {
    const sink = await startSink();
    const transport = transportTo(sink);
    await transport.open();
    const lost = new Promise<void>((resolve) => transport.onState((state) => state.kind === 'lost' && resolve()));
    await sink.until(({ connections }) => connections === 1);
    sink.cutConnections();
    await lost;
    expect(await transport.send(LABEL)).toMatchObject({ ok: false, error: { code: 'link-lost', mayHaveLeft: false } });
    expect(await transport.open()).toMatchObject({ ok: true });
    expect(await transport.send(LABEL)).toMatchObject({ ok: true });
    await sink.until(({ jobs }) => jobs.length === 1);
  });

  it('survives a printer that takes one connection only', async () => {
    const sink = await startSink({ oneConnectionOnly: true });
    const first = transportTo(sink);
    await first.open();
    await sink.until(({ connections }) => connections === 1);
    const second = transportTo(sink);
    await second.open();
    await sink.until(({ connections }) => connections === 2);
    const sent = await second.send(HUGE);
    expect(sent).toMatchObject({ ok: false, error: { code: 'link-lost' } });
    expect(await first.send(LABEL)).toMatchObject({ ok: true });
  });

  it('refuses a second call while one is under way, without sending anything', async () => {
    const transport = transportTo(await startSink({ answersStatus: 'never' }));
    await transport.open();
    const asking = transport.ask(HS, () => false, 100);
    expect(await transport.send(LABEL)).toMatchObject({
      ok: false,
      error: { code: 'transport-busy', mayHaveLeft: false },
    });
    await asking;
  });
});
