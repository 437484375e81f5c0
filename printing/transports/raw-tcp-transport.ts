/**
 * Raw TCP, usually port 9100: bytes in are bytes to the printer's interpreter. There is no job protocol and no acknowledgement, most
 * printers take one connection, and a full buffer (paper out) shows as a stalled write, not as an error. Source: protocols
 * of the makers as gathered in resources/printers, and tests/rigs/printer-sink.ts for every behaviour handled here.
 */
import { ok, refuse, type Result } from '@shared/language/result';
import { createDeviceStateHolder } from './device-state-holder';
import { TcpConnection } from './tcp-connection';
import type {
  CloseEvidence,
  DeviceState,
  SendFailure,
  SendProgress,
  Transport,
  TransportFailure,
  TransportFailureCode,
} from './transport';

export interface RawTcpOptions {
  readonly host: string;
  /** Default 9100. */
  readonly port?: number;
  /** Default 3,000. */
  readonly connectTimeoutMs?: number;
  /** Longest time without the system taking a byte; default 30,000. */
  readonly writeStallTimeoutMs?: number;
  /** How long an orderly close waits for the device to close in turn; default 1,500. */
  readonly closeTimeoutMs?: number;
}

/** Small enough for progress to be seen on a slow printer, large enough to cost nothing on a fast one. */
const CHUNK_BYTES = 16 * 1024;

const systemCodeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined;

const failure = (code: TransportFailureCode, error?: Error): TransportFailure => {
  const systemCode = error === undefined ? undefined : systemCodeOf(error);
  return systemCode === undefined ? { code } : { code, systemCode };
};

/** Makes the transport; nothing is connected before `open`. */
export const createRawTcpTransport = (options: RawTcpOptions): Transport => {
  const { host, port = 9100, connectTimeoutMs = 3000, writeStallTimeoutMs = 30_000, closeTimeoutMs = 1500 } = options;
  const states = createDeviceStateHolder();
  let connection: TcpConnection | undefined;
  let inUse = false;

  /** Throws the link away at once; what the system still holds is discarded with it, so that nothing prints later. */
  const drop = (link: TcpConnection, state: DeviceState): void => {
    if (connection === link) connection = undefined;
    if (!link.socket.destroyed) link.socket.resetAndDestroy();
    states.set(state);
  };

  const connect = async (): Promise<Result<void, TransportFailure>> => {
    states.set({ kind: 'connecting' });
    const link: TcpConnection = new TcpConnection(() => {
      if (connection !== link) return;
      connection = undefined;
      states.set(link.ended === 'broken' ? { kind: 'lost', code: 'link-lost' } : { kind: 'absent' });
    });
    link.socket.connect({ host, port });
    const met = await link.until(() => link.connected || link.socket.destroyed, connectTimeoutMs);
    if (link.isUsable) {
      connection = link;
      states.set({ kind: 'ready' });
      return ok(undefined);
    }
    const code = met ? 'not-reachable' : 'connect-timeout';
    drop(link, { kind: 'lost', code });
    return refuse(failure(code, link.lastError));
  };

  const sendOver = async (
    link: TcpConnection,
    bytes: Uint8Array,
    onProgress: (progress: SendProgress) => void,
  ): Promise<Result<SendProgress, SendFailure>> => {
    const totalBytes = bytes.length;
    let flushedBytes = 0;
    while (flushedBytes < totalBytes) {
      if (!link.isUsable) {
        drop(link, { kind: 'lost', code: 'link-lost' });
        return refuse({ ...failure('link-lost', link.lastError), flushedBytes, mayHaveLeft: flushedBytes > 0 });
      }
      const chunk = bytes.subarray(flushedBytes, flushedBytes + CHUNK_BYTES);
      onProgress({ totalBytes, handedBytes: flushedBytes + chunk.length, flushedBytes });
      if (!(await link.write(chunk, writeStallTimeoutMs))) {
        const code = link.ended === 'broken' || link.socket.destroyed ? 'link-lost' : 'write-stalled';
        drop(link, { kind: 'lost', code });
        return refuse({ ...failure(code, link.lastError), flushedBytes, mayHaveLeft: true });
      }
      flushedBytes += chunk.length;
      onProgress({ totalBytes, handedBytes: flushedBytes, flushedBytes });
    }
    return ok({ totalBytes, handedBytes: flushedBytes, flushedBytes });
  };

  const askOver = async (
    link: TcpConnection,
    question: Uint8Array,
    isComplete: (answer: Uint8Array) => boolean,
    timeoutMs: number,
  ): Promise<Result<Uint8Array, TransportFailure>> => {
    link.answer = new Uint8Array(0);
    const isAnswered = (): boolean => isComplete(link.answer);
    if (await link.write(question, timeoutMs)) await link.until(() => isAnswered() || link.ended !== 'open', timeoutMs);
    if (isAnswered()) return ok(link.answer);
    if (link.isUsable) return refuse({ code: 'no-answer' });
    drop(link, { kind: 'lost', code: 'link-lost' });
    return refuse(failure('link-lost', link.lastError));
  };

  const closeOrderly = async (link: TcpConnection): Promise<CloseEvidence> => {
    if (link.ended === 'open') link.socket.end();
    await link.until(() => link.ended !== 'open' || link.socket.destroyed, closeTimeoutMs);
    // The reset that a printer sends for bytes it never read arrives right behind its closing.
    if (link.ended === 'by-peer') await link.until(() => link.socket.destroyed, closeTimeoutMs);
    const evidence: CloseEvidence =
      link.ended === 'broken' ? 'broken' : link.ended === 'by-peer' ? 'confirmed' : 'silent';
    connection = undefined;
    if (!link.socket.destroyed) link.socket.destroy();
    states.set(evidence === 'broken' ? { kind: 'lost', code: 'link-lost' } : { kind: 'absent' });
    return evidence;
  };

  /** Runs one call at a time; a link that has gone answers with `gone`. */
  const exclusively = async <T>(
    run: (link: TcpConnection) => Promise<T>,
    gone: NoInfer<T>,
    busy: NoInfer<T>,
  ): Promise<T> => {
    if (inUse) return busy;
    const link = connection;
    if (link?.isUsable !== true) return gone;
    inUse = true;
    states.set({ kind: 'busy' });
    try {
      return await run(link);
    } finally {
      inUse = false;
      if (connection === link && link.isUsable) states.set({ kind: 'ready' });
    }
  };

  const notSent = (code: TransportFailureCode): Result<SendProgress, SendFailure> =>
    refuse({ code, flushedBytes: 0, mayHaveLeft: false });

  return {
    kind: 'raw-tcp',
    get state() {
      return states.current;
    },
    onState: states.onState,
    open: async () => {
      if (inUse) return refuse({ code: 'transport-busy' });
      if (connection?.isUsable === true) return ok(undefined);
      if (connection !== undefined) drop(connection, { kind: 'lost', code: 'link-lost' });
      inUse = true;
      try {
        return await connect();
      } finally {
        inUse = false;
      }
    },
    send: async (bytes, onProgress = () => undefined) =>
      exclusively((link) => sendOver(link, bytes, onProgress), notSent('link-lost'), notSent('transport-busy')),
    ask: async (question, isComplete, timeoutMs) =>
      exclusively(
        (link) => askOver(link, question, isComplete, timeoutMs),
        refuse({ code: 'link-lost' }),
        refuse({ code: 'transport-busy' }),
      ),
    close: async () => (connection === undefined ? 'silent' : closeOrderly(connection)),
  };
};
