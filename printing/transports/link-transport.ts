/** What all transports share: one call at a time, states, progress, and time limits around a byte link. */
import { ok, refuse, type Result } from '@shared/language/result';
import type { ByteLink } from './byte-link';
import { createDeviceStateHolder } from './device-state-holder';
import type {
  CloseEvidence,
  DeviceState,
  SendFailure,
  SendProgress,
  Transport,
  TransportFailure,
  TransportFailureCode,
} from './transport';

export interface LinkTransportOptions {
  readonly kind: Transport['kind'];
  /** Opens a link within its own time limit. `whenGone` must be called once the link has closed. Must not throw. */
  readonly connect: (whenGone: () => void) => Promise<Result<ByteLink, TransportFailure>>;
  /** Longest time without the system taking a byte. */
  readonly writeStallTimeoutMs: number;
  readonly closeTimeoutMs: number;
  /** Small enough for progress to be seen on a slow device, large enough to cost nothing on a fast one. */
  readonly chunkBytes: number;
}

const systemCodeOf = (error: Error): string | undefined =>
  'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** A failure with the system's own code, when the error has one. */
export const transportFailure = (code: TransportFailureCode, error?: Error): TransportFailure => {
  const systemCode = error === undefined ? undefined : systemCodeOf(error);
  return systemCode === undefined ? { code } : { code, systemCode };
};

/** Makes a transport around a way to open links; nothing is opened before `open`. */
export const createLinkTransport = (options: LinkTransportOptions): Transport => {
  const { kind, writeStallTimeoutMs, closeTimeoutMs, chunkBytes } = options;
  const states = createDeviceStateHolder();
  let current: ByteLink | undefined;
  let isInUse = false;

  const lost = (code: TransportFailureCode): DeviceState => ({ kind: 'lost', code });

  const drop = (link: ByteLink, code: TransportFailureCode): TransportFailure => {
    if (current === link) current = undefined;
    link.discard();
    states.set(lost(code));
    return transportFailure(code, link.lastError);
  };

  const connect = async (): Promise<Result<void, TransportFailure>> => {
    states.set({ kind: 'connecting' });
    const opened: { link?: ByteLink } = {};
    const connected = await options.connect(() => {
      const { link } = opened;
      if (link === undefined || current !== link) return;
      current = undefined;
      states.set(link.ended === 'broken' ? lost('link-lost') : { kind: 'absent' });
    });
    if (!connected.ok) {
      states.set(lost(connected.error.code));
      return connected;
    }
    opened.link = connected.value;
    if (!connected.value.isUsable) return refuse(drop(connected.value, 'not-reachable'));
    current = connected.value;
    states.set({ kind: 'ready' });
    return ok(undefined);
  };

  const sendOver = async (
    link: ByteLink,
    bytes: Uint8Array,
    onProgress: (progress: SendProgress) => void,
  ): Promise<Result<SendProgress, SendFailure>> => {
    const totalBytes = bytes.length;
    let flushedBytes = 0;
    while (flushedBytes < totalBytes) {
      if (!link.isUsable) return refuse({ ...drop(link, 'link-lost'), flushedBytes, mayHaveLeft: flushedBytes > 0 });
      const chunk = bytes.subarray(flushedBytes, flushedBytes + chunkBytes);
      onProgress({ totalBytes, handedBytes: flushedBytes + chunk.length, flushedBytes });
      if (!(await link.write(chunk, writeStallTimeoutMs))) {
        const code = link.ended === 'broken' || link.isClosed ? 'link-lost' : 'write-stalled';
        return refuse({ ...drop(link, code), flushedBytes, mayHaveLeft: true });
      }
      flushedBytes += chunk.length;
      onProgress({ totalBytes, handedBytes: flushedBytes, flushedBytes });
    }
    return ok({ totalBytes, handedBytes: flushedBytes, flushedBytes });
  };

  const askOver = async (
    link: ByteLink,
    question: Uint8Array,
    isComplete: (answer: Uint8Array) => boolean,
    timeoutMs: number,
  ): Promise<Result<Uint8Array, TransportFailure>> => {
    link.forgetAnswer();
    const isAnswered = (): boolean => isComplete(link.answer);
    if (await link.write(question, timeoutMs)) await link.until(() => isAnswered() || link.ended !== 'open', timeoutMs);
    if (isAnswered()) return ok(link.answer);
    return link.isUsable ? refuse({ code: 'no-answer' }) : refuse(drop(link, 'link-lost'));
  };

  const close = async (): Promise<CloseEvidence> => {
    const link = current;
    if (link === undefined) return 'silent';
    const evidence = await link.endOrderly(closeTimeoutMs);
    if (current === link) current = undefined;
    states.set(evidence === 'broken' ? lost('link-lost') : { kind: 'absent' });
    return evidence;
  };

  /** Runs one call at a time; a link that has gone answers with `gone`. */
  const exclusively = async <T>(
    run: (link: ByteLink) => Promise<T>,
    gone: NoInfer<T>,
    busy: NoInfer<T>,
  ): Promise<T> => {
    if (isInUse) return busy;
    const link = current;
    if (link?.isUsable !== true) return gone;
    isInUse = true;
    states.set({ kind: 'busy' });
    try {
      return await run(link);
    } finally {
      isInUse = false;
      if (current === link && link.isUsable) states.set({ kind: 'ready' });
    }
  };

  const notSent = (code: TransportFailureCode): Result<SendProgress, SendFailure> =>
    refuse({ code, flushedBytes: 0, mayHaveLeft: false });

  return {
    kind,
    get state() {
      return states.current;
    },
    onState: states.onState,
    open: async () => {
      if (isInUse) return refuse({ code: 'transport-busy' });
      if (current?.isUsable === true) return ok(undefined);
      if (current !== undefined) drop(current, 'link-lost');
      isInUse = true;
      try {
        return await connect();
      } finally {
        isInUse = false;
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
    close,
  };
};
