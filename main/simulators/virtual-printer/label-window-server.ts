/**
 * The printer's small HTTP side, where people look at labels and play its troubles:
 * `GET /labels` (newest first), `GET /labels/:id.png`, `GET /labels/:id.zpl`, `DELETE /labels`, `GET /state`,
 * `POST /state` with any of `{paperOut, ribbonOut, headOpen, paused}`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseFlags } from './printer-state';
import type { VirtualPrinter } from './virtual-printer';

const LONGEST_BODY_BYTES = 10_000;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

const json = (status: number, value: unknown): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
});
const NOT_FOUND = json(404, { error: 'not-found' });

export interface LabelServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves a printer's labels on this machine only. @param port 0: any free one. Rejects when the port is taken. */
export async function serveLabels(printer: VirtualPrinter, port: number): Promise<LabelServer> {
  const server = createServer((request, response) => {
    void answer(printer, request)
      .catch(() => json(500, { error: 'internal' }))
      .then((reply) => send(response, reply));
  });
  await listen(server, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function answer(printer: VirtualPrinter, request: IncomingMessage): Promise<Answer> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  switch (`${request.method} ${path}`) {
    case 'GET /labels':
      return json(200, {
        labels: printer.labels().map(({ id, printedAtMs, bytes }) => ({ id, printedAtMs, bytes })),
      });
    case 'DELETE /labels':
      printer.clear();
      return json(200, {});
    case 'GET /state':
      return json(200, printer.state());
    case 'POST /state':
      return changeState(printer, await readBody(request));
    default:
      return request.method === 'GET' ? oneLabel(printer, path) : NOT_FOUND;
  }
}

async function oneLabel(printer: VirtualPrinter, path: string): Promise<Answer> {
  const [, id, ending] = /^\/labels\/(\d{1,9})\.(png|zpl)$/.exec(path) ?? [];
  const label = id === undefined ? null : printer.label(Number(id));
  if (label === null) return NOT_FOUND;
  if (ending === 'zpl') return { status: 200, type: 'text/plain; charset=utf-8', body: label.zpl };
  const picture = await label.picture();
  return picture === null ? NOT_FOUND : { status: 200, type: 'image/png', body: picture };
}

function changeState(printer: VirtualPrinter, body: string): Answer {
  const flags = parseFlags(printer.state(), parseJson(body));
  if (flags === null) return json(400, { error: 'bad-request' });
  printer.setState(flags);
  return json(200, printer.state());
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk as Uint8Array);
    bytes += part.length;
    if (bytes > LONGEST_BODY_BYTES) return '';
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(body);
}
