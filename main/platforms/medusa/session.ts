/**
 * Signs calls to one Medusa store. Observed in 2.21.2: a secret API key goes as HTTP Basic with the key as user name (as a
 * Bearer it is refused with 401); email and password are exchanged for a JWT at POST /auth/user/emailpass, sent as Bearer, whose
 * life the shop sets (a day by default) and whose end shows as 401 before anything is done, so that the same call may be sent again.
 */
import { z } from 'zod';
import type { GatewayFailure } from '@shared/domain/gateway-failure';
import { ok, refuse, type Result } from '@shared/language/result';
import type { Credentials, ShopCredential } from '../credentials';
import type { HttpAnswer, HttpGateway, HttpRequest } from '../http-gateway';
import { readFailure } from './read-failure';
import type { MedusaStoreConfig } from './store-config';

type Answered = Result<HttpAnswer, GatewayFailure>;

export interface MedusaSession {
  /**
   * Sends a call with the store's signature. A 401 is answered with one new login and one repeat (password only). Statuses from
   * 400 on are refusals, read by `readFailure`.
   */
  call(request: HttpRequest, signal: AbortSignal): Promise<Answered>;
}

const loginAnswer = z.object({ token: z.string().min(1) });

type Password = Extract<ShopCredential, { kind: 'email-password' }>;

/**
 * Opens a session; nothing is sent before the first call. The secret is asked for at every call, so that a new one counts at once and a
 * locked keychain ends the session; only the token that a password was exchanged for is kept.
 */
export function openSession(config: MedusaStoreConfig, gateway: HttpGateway, credentials: Credentials): MedusaSession {
  let token: { readonly header: string; readonly boughtWith: string } | null = null;
  let running: { readonly boughtWith: string; readonly login: Promise<Result<string, GatewayFailure>> } | null = null;

  async function logIn({ email, password }: Password, signal: AbortSignal): Promise<Result<string, GatewayFailure>> {
    const url = `${withoutSlash(config.baseUrl)}/auth/user/emailpass`;
    const limitMs = config.timeouts.readMs;
    const answer = checked(await gateway.exchange({ method: 'POST', url, body: { email, password }, limitMs }, signal));
    if (!answer.ok) return answer;
    const parsed = loginAnswer.safeParse(answer.value.body);
    return parsed.success ? ok(`Bearer ${parsed.data.token}`) : refuse(refused('no-token'));
  }

  async function authorization(signal: AbortSignal): Promise<Result<string, GatewayFailure>> {
    const secret = await credentials.read(config.storeId);
    if (!secret.ok) return refuse(refused(`credential-${secret.error}`));
    if (secret.value.kind === 'secret-key') {
      return ok(`Basic ${Buffer.from(`${secret.value.key}:`, 'utf8').toString('base64')}`);
    }
    const boughtWith = `${secret.value.email}\n${secret.value.password}`;
    if (token?.boughtWith === boughtWith) return ok(token.header);
    // One login at a time: calls that need one while it runs wait for the same.
    if (running?.boughtWith !== boughtWith) {
      const login = logIn(secret.value, signal).finally(() => (running = null));
      running = { boughtWith, login };
    }
    const login = await running.login;
    if (login.ok) token = { header: login.value, boughtWith };
    return login;
  }

  async function signed(request: HttpRequest, signal: AbortSignal): Promise<Answered & { readonly sentWith?: string }> {
    const header = await authorization(signal);
    if (!header.ok) return notSentWithoutLogin(header);
    const headers = { ...request.headers, authorization: header.value };
    return { ...checked(await gateway.exchange({ ...request, headers }, signal)), sentWith: header.value };
  }

  return {
    call: async (request, signal) => {
      const first = await signed(request, signal);
      if (first.ok || first.error.code !== 'unauthorized' || first.sentWith === undefined) return first;
      // Another call may have logged in anew in the meantime: only the refused token is thrown away.
      if (token?.header === first.sentWith) token = null;
      return first.sentWith.startsWith('Bearer ') ? signed(request, signal) : first;
    },
  };
}

/**
 * A login that broke half-way says nothing about the call behind it, which was never sent. The call's own failure is therefore
 * `offline`, whatever ended the login, unless the shop refused the login or asked us to wait.
 */
function notSentWithoutLogin(login: { readonly ok: false; readonly error: GatewayFailure }): Answered {
  const final = ['unauthorized', 'forbidden', 'throttled', 'offline'].includes(login.error.code);
  return refuse(final ? login.error : { ...login.error, code: 'offline', detail: `login-${login.error.code}` });
}

const checked = (answer: Answered): Answered =>
  answer.ok && answer.value.status >= 400 ? refuse(readFailure(answer.value)) : answer;

const refused = (detail: string): GatewayFailure => ({ code: 'unauthorized', status: null, detail, notBefore: null });

/** The base address without slashes at its end. */
export const withoutSlash = (baseUrl: string): string => baseUrl.replace(/\/+$/, '');
