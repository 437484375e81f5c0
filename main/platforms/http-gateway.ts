/**
 * The one client for every call to an outside shop. It knows bytes, time and connections, and nothing of any platform:
 * it answers what came back as parsed JSON with its status, or says why nothing usable came, told apart by one question:
 * can the other side have received the request?
 */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { isAxiosError, type AxiosProxyConfig, type AxiosResponse } from 'axios';
import type { GatewayFailure, GatewayFailureCode } from '@shared/domain/gateway-failure';
import { ok, refuse, type Result } from '@shared/language/result';
import { addMs, toInstant, type Clock, type Instant } from '@shared/units/instant';
import { watchConnection, type ConnectionWatch } from './connection-watch';
import { parseLossless } from './lossless-answer';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Absolute address without a query. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** For the whole exchange, connecting and the last byte included; overrides the gateway's own limit. Milliseconds. */
  readonly limitMs?: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** The parsed JSON document; null for an empty body. */
  readonly body: unknown;
  /** The other side's clock when it answered, from the Date header (whole seconds); null without one. */
  readonly platformTime: Instant | null;
  /** Moment named by Retry-After, on our clock; null without one. */
  readonly retryAt: Instant | null;
  readonly latencyMs: number;
}

export interface HttpGateway {
  /**
   * One exchange. Refusals: `offline` when no connection stood, so nothing was sent; `cut` when it stood and ended or ran
   * out of time; `bad-gateway` for a page that is not JSON, or a redirect that is not followed; `unreadable` for JSON that is
   * torn or longer than allowed. A refusal of a POST is returned only after its connection is closed on this side. An answer with any status is a success here:
   * what it means is its platform's to say.
   */
  exchange(request: HttpRequest, signal: AbortSignal): Promise<Result<HttpAnswer, GatewayFailure>>;
  /** Closes idle connections. */
  close(): void;
}

export interface HttpGatewayOptions {
  readonly clock: Clock;
  /** Default limit of a whole exchange. Milliseconds. */
  readonly limitMs?: number;
  /** Longest answer that is read, after decompression. Bytes. */
  readonly maxAnswerBytes?: number;
  /** No proxy unless set: the environment's proxy variables are not followed. */
  readonly proxy?: AxiosProxyConfig;
}

const DEFAULT_LIMIT_MS = 20_000;
const DEFAULT_MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const MAX_REDIRECTS = 3;
const IDLE_CONNECTIONS = 8;
const USER_AGENT = 'Tallyman/0.1';

/** Builds the client. Reads share kept-alive connections; each write has a connection of its own, closed behind it. */
export function createHttpGateway(options: HttpGatewayOptions): HttpGateway {
  const kept = {
    httpAgent: new HttpAgent({ keepAlive: true, maxFreeSockets: IDLE_CONNECTIONS }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxFreeSockets: IDLE_CONNECTIONS }),
  };
  const single = { httpAgent: new HttpAgent({ keepAlive: false }), httpsAgent: new HttpsAgent({ keepAlive: false }) };
  const settings = {
    clock: options.clock,
    limitMs: options.limitMs ?? DEFAULT_LIMIT_MS,
    maxAnswerBytes: options.maxAnswerBytes ?? DEFAULT_MAX_ANSWER_BYTES,
    proxy: options.proxy ?? (false as const),
  };
  return {
    exchange: (request, signal) =>
      exchangeOnce({ ...settings, agents: request.method === 'GET' ? kept : single }, request, signal),
    close: () => {
      for (const agent of [kept.httpAgent, kept.httpsAgent, single.httpAgent, single.httpsAgent]) agent.destroy();
    },
  };
}

interface Settings {
  readonly clock: Clock;
  readonly limitMs: number;
  readonly maxAnswerBytes: number;
  readonly proxy: AxiosProxyConfig | false;
  readonly agents: { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent };
}

async function exchangeOnce(
  settings: Settings,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Result<HttpAnswer, GatewayFailure>> {
  const limit = new AbortController();
  const stopByCaller = (): void => limit.abort('stopped');
  if (signal.aborted) stopByCaller();
  signal.addEventListener('abort', stopByCaller, { once: true });
  const timer = setTimeout(() => limit.abort('time-limit'), request.limitMs ?? settings.limitMs);
  try {
    return await followRedirects(settings, request, limit.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stopByCaller);
  }
}

/**
 * Follows redirects of a read within its own origin. Another origin would be handed our credentials, and a redirected write
 * might take effect twice: both are refused.
 */
async function followRedirects(
  settings: Settings,
  request: HttpRequest,
  limit: AbortSignal,
): Promise<Result<HttpAnswer, GatewayFailure>> {
  let url = withQuery(request);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const startedAt = performance.now();
    const answer = await sendOverLiveConnection(settings, request, url, limit);
    if (!answer.ok) return answer;
    const { status, headers } = answer.value;
    if (status < 300 || status >= 400 || status === 304) return read(settings.clock, answer.value, startedAt);
    const target = redirectTarget(url, headers);
    if (request.method !== 'GET' || target === null) return refuse(failure('bad-gateway', 'redirect', status));
    url = target;
  }
  return refuse(failure('bad-gateway', 'too-many-redirects'));
}

/** A server may close an idle connection just as we take it up again; a read then goes once more over a fresh one. */
async function sendOverLiveConnection(
  settings: Settings,
  request: HttpRequest,
  url: string,
  limit: AbortSignal,
): Promise<Result<AxiosResponse<string>, GatewayFailure>> {
  const watch = watchConnection();
  const answer = await send(settings, request, url, limit, watch);
  if (answer.ok || request.method !== 'GET' || !watch.reused() || answer.error.detail !== 'ECONNRESET') return answer;
  return send(settings, request, url, limit, watchConnection());
}

async function send(
  settings: Settings,
  request: HttpRequest,
  url: string,
  limit: AbortSignal,
  watch: ConnectionWatch,
): Promise<Result<AxiosResponse<string>, GatewayFailure>> {
  if (limit.aborted) return refuse(failure('offline', reasonOf(limit)));
  try {
    const answer = await axios.request<string>({
      adapter: 'http',
      method: request.method,
      url,
      headers: { accept: 'application/json', 'user-agent': USER_AGENT, ...request.headers, ...contentType(request) },
      ...(request.body === undefined ? {} : { data: JSON.stringify(request.body) }),
      proxy: settings.proxy,
      ...settings.agents,
      transport: watch.transport,
      signal: limit,
      timeout: 0,
      maxRedirects: 0,
      maxContentLength: settings.maxAnswerBytes,
      responseType: 'text',
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      validateStatus: () => true,
    });
    return ok(answer);
  } catch (error) {
    await watch.close();
    return refuse(explain(error, watch, limit));
  }
}

/** Reads what came back: JSON becomes an answer, anything else is not the shop's own format. */
function read(clock: Clock, answer: AxiosResponse<string>, startedAt: number): Result<HttpAnswer, GatewayFailure> {
  const { status } = answer;
  const retryAt = retryMoment(headerText(answer.headers, 'retry-after'), clock);
  if (answer.data !== '' && !/\bjson\b/i.test(headerText(answer.headers, 'content-type'))) {
    return refuse({ ...failure(status === 429 ? 'throttled' : 'bad-gateway', 'not-json', status), notBefore: retryAt });
  }
  const parsed = answer.data === '' ? ok(null) : parseLossless(answer.data);
  if (!parsed.ok) return refuse(failure('unreadable', 'torn-json', status));
  const platformTime = dateMoment(headerText(answer.headers, 'date'));
  const latencyMs = Math.round(performance.now() - startedAt);
  return ok({ status, body: parsed.value, platformTime, retryAt, latencyMs });
}

/**
 * Turns an error into data. Only codes are kept: an HTTP client's error carries the whole request, token included.
 * Whether anything can have been sent is asked of the connection, never of the error.
 */
function explain(error: unknown, watch: ConnectionWatch, limit: AbortSignal): GatewayFailure {
  const code: GatewayFailureCode = watch.maybeSent() ? 'cut' : 'offline';
  if (limit.aborted) return failure(code, reasonOf(limit));
  if (!isAxiosError(error)) return failure(code, 'unexpected');
  if (error.message.startsWith('maxContentLength')) return failure('unreadable', 'answer-too-long');
  return failure(code, error.code ?? 'no-code', error.response?.status ?? null);
}

const reasonOf = (limit: AbortSignal): string => (limit.reason === 'time-limit' ? 'time-limit' : 'stopped');

const failure = (code: GatewayFailureCode, detail: string, status: number | null = null): GatewayFailure => ({
  code,
  status,
  detail: detail.slice(0, 200),
  notBefore: null,
});

const contentType = (request: HttpRequest): Record<string, string> =>
  request.body === undefined ? {} : { 'content-type': 'application/json' };

function withQuery(request: HttpRequest): string {
  const url = new URL(request.url);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  return url.href;
}

function redirectTarget(from: string, headers: AxiosResponse['headers']): string | null {
  const location = headerText(headers, 'location');
  try {
    const target = new URL(location, from);
    return location !== '' && target.origin === new URL(from).origin ? target.href : null;
  } catch {
    return null; // not an address at all: the caller reports a redirect that it does not follow
  }
}

function headerText(headers: AxiosResponse['headers'], name: string): string {
  const value: unknown = headers[name];
  return typeof value === 'string' ? value : '';
}

function dateMoment(text: string): Instant | null {
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) || epochMs < 0 ? null : toInstant(epochMs);
}

/** Retry-After holds seconds or a date (RFC 9110, section 10.2.3). */
function retryMoment(text: string, clock: Clock): Instant | null {
  if (text === '') return null;
  if (/^\d{1,7}$/.test(text)) return addMs(clock.now(), Number(text) * 1000);
  return dateMoment(text);
}
