/**
 * The control endpoint: by it tests and the demo create orders, set faults, and ask what the simulators were told. It has a port of its
 * own, so that no fault of a simulator reaches it, and a secret first path element, so that no page in a browser can.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ControlRefusal, type ControlRoute, type RunningSimulator } from '../simulator';

const MAX_BODY_BYTES = 1_000_000;

export interface ControlServer {
  /** Address with the secret in it: `http://127.0.0.1:PORT/SECRET`. Commands follow as `/NAME/PATH`. */
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Starts the endpoint. Beside each simulator's own commands: `GET /told` (all simulators, by name) and `GET /simulators` (their
 * announcements and commands).
 */
export async function startControlServer(simulators: readonly RunningSimulator[]): Promise<ControlServer> {
  const secret = randomBytes(18).toString('base64url');
  const routes = [...common(simulators), ...simulators.flatMap(routesOf)];
  const server = createServer((request, response) => {
    respond(routes, secret, request, response).catch((error: unknown) => {
      if (error instanceof ControlRefusal) return send(response, error.status, { error: error.message });
      send(response, 500, { error: error instanceof Error ? error.message : 'unknown' });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const common = (simulators: readonly RunningSimulator[]): ControlRoute[] => [
  {
    method: 'GET',
    path: '/told',
    handle: () => Object.fromEntries(simulators.map((simulator) => [simulator.name, simulator.told()])),
  },
  {
    method: 'GET',
    path: '/simulators',
    handle: () =>
      simulators.map(({ name, announcement, controls }) => ({
        name,
        announcement,
        controls: controls.map((route) => `${route.method} /${name}${route.path}`),
      })),
  },
];

const routesOf = (simulator: RunningSimulator): ControlRoute[] =>
  simulator.controls.map((route) => ({ ...route, path: `/${simulator.name}${route.path}` }));

async function respond(
  routes: readonly ControlRoute[],
  secret: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/'] = (request.url ?? '/').split('?');
  const [given = '', ...rest] = path.slice(1).split('/');
  if (!sameSecret(given, secret)) return send(response, 404, { error: 'not found' });
  for (const route of routes) {
    const parameters = route.method === request.method ? matchPath(route.path, `/${rest.join('/')}`) : null;
    if (parameters === null) continue;
    return send(response, 200, (await route.handle(parameters, await readBody(request))) ?? {});
  }
  send(response, 404, { error: 'no such command; GET /simulators lists them' });
}

function sameSecret(given: string, secret: string): boolean {
  return given.length === secret.length && timingSafeEqual(Buffer.from(given), Buffer.from(secret));
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) parameters[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return parameters;
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BODY_BYTES) throw new ControlRefusal(400, 'body too long');
    chunks.push(chunk as Buffer);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ControlRefusal(400, 'body is not JSON');
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
