/**
 * Raw TCP, usually port 9100: bytes in are bytes to the printer's interpreter. There is no job protocol and no acknowledgement, most
 * printers take one connection, and a full buffer (paper out) shows as a stalled write, not as an error.
 */
import { ok, refuse } from '@shared/language/result';
import { createLinkTransport, transportFailure } from './link-transport';
import { TcpLink } from './tcp-link';
import type { Transport } from './transport';

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

/** Makes the transport; nothing is connected before `open`. */
export const createRawTcpTransport = (options: RawTcpOptions): Transport => {
  const { host, port = 9100, connectTimeoutMs = 3000, writeStallTimeoutMs = 30_000, closeTimeoutMs = 1500 } = options;
  return createLinkTransport({
    kind: 'raw-tcp',
    writeStallTimeoutMs,
    closeTimeoutMs,
    chunkBytes: 16 * 1024,
    connect: async (whenGone) => {
      const link = new TcpLink(whenGone);
      const isDecided = await link.connect(host, port, connectTimeoutMs);
      if (link.isUsable) return ok(link);
      link.discard();
      return refuse(transportFailure(isDecided ? 'not-reachable' : 'connect-timeout', link.lastError));
    },
  });
};
