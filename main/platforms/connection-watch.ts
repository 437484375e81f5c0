/**
 * Watches the one connection of one exchange: whether a byte of the request can have left this machine, and when the
 * connection is gone. Both decide whether a repeat is safe (design I3), and neither can be told from an error's text.
 */
import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';

export interface ConnectionWatch {
  /** Handed to axios in place of Node's http or https module. */
  readonly transport: {
    request(options: http.RequestOptions, onAnswer: (answer: http.IncomingMessage) => void): http.ClientRequest;
  };
  /**
   * True from the moment at which a connection stood: the request may then have been sent. With TLS that is the end of
   * the handshake, so a refused certificate still counts as nothing sent. A connection used again counts at once.
   */
  maybeSent(): boolean;
  /** True when the request went out on a connection that had been used before. */
  reused(): boolean;
  /** Destroys the connection and resolves when it is closed here: after that no further byte of the request leaves. */
  close(): Promise<void>;
}

/** Starts a watch for exactly one request. */
export function watchConnection(): ConnectionWatch {
  let sent = false;
  let request: http.ClientRequest | undefined;
  let socket: Socket | undefined;
  const onSocket = (assigned: Socket, secure: boolean, reused: boolean): void => {
    socket = assigned;
    if (reused) sent = true;
    else assigned.once(secure ? 'secureConnect' : 'connect', () => (sent = true));
  };
  return {
    transport: {
      request: (options, onAnswer) => {
        const secure = options.protocol === 'https:';
        const made = (secure ? https : http).request(options, onAnswer);
        request = made;
        made.once('socket', (assigned) => onSocket(assigned, secure, made.reusedSocket));
        return made;
      },
    },
    maybeSent: () => sent,
    reused: () => request?.reusedSocket === true,
    close: () =>
      new Promise((resolve) => {
        request?.destroy();
        if (socket === undefined || socket.closed) return resolve();
        socket.once('close', () => resolve());
        socket.destroy();
      }),
  };
}
