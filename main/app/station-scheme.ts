/** Serves our pages, photos and practice labels under our own scheme, each answer with the security headers. */
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { securityHeaders, withNonce } from '../security/content-security-policy';
import { ORIGIN, SCHEME } from './origin';
import { fileInside, mediaType } from './own-file';

export interface ServedContent {
  readonly bytes: Uint8Array;
  readonly type: string;
}

/**
 * Answers the part of our scheme below one prefix. @param path what follows the prefix, percent-encoded
 * @param body of a POST, at most 64 kB. Null: not found.
 */
export type ContentSource = (path: string, method: string, body: string) => Promise<ServedContent | null>;

export interface SchemeOptions {
  /** Absolute folder with the built pages. */
  readonly pagesFolder: string;
  /** By prefix with slashes at both ends, such as `/photo/`. A source decides itself which methods it takes. */
  readonly sources: ReadonlyMap<string, ContentSource>;
  /** Fresh base64 text for each load. */
  readonly nonce: () => string;
  readonly onFailure: (error: unknown) => void;
}

const LONGEST_BODY = 65_536;

/** Must run before Electron is ready. */
export function registerStationScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

/** Starts answering; needs Electron to be ready. */
export function serveStationScheme(options: SchemeOptions): void {
  protocol.handle(SCHEME, async (request) => {
    try {
      return await answer(request, options);
    } catch (error) {
      options.onFailure(error);
      return plainAnswer(500, 'internal');
    }
  });
}

async function answer(request: Request, options: SchemeOptions): Promise<Response> {
  const url = new URL(request.url);
  if (`${url.protocol}//${url.host}` !== ORIGIN) return plainAnswer(404, 'not found');
  const content = await findContent(url.pathname === '/' ? '/index.html' : url.pathname, request, options);
  if (content === null) return plainAnswer(404, 'not found');
  const nonce = options.nonce();
  const isPage = content.type.startsWith('text/html');
  const body = isPage ? withNonce(Buffer.from(content.bytes).toString('utf8'), nonce) : new Uint8Array(content.bytes);
  return new Response(request.method === 'HEAD' ? null : body, {
    status: 200,
    headers: { ...securityHeaders(nonce), 'Content-Type': content.type },
  });
}

async function findContent(pathname: string, request: Request, options: SchemeOptions): Promise<ServedContent | null> {
  const { method } = request;
  for (const [prefix, source] of options.sources) {
    if (!pathname.startsWith(prefix)) continue;
    const body = method === 'POST' ? (await request.text()).slice(0, LONGEST_BODY) : '';
    return source(pathname.slice(prefix.length), method, body);
  }
  return method === 'GET' || method === 'HEAD' ? readOwnFile(options.pagesFolder, pathname) : null;
}

/** A file of a folder of ours. @returns null where there is none. */
export async function readOwnFile(folder: string, pathname: string): Promise<ServedContent | null> {
  const file = fileInside(folder, pathname);
  if (file === null) return null;
  try {
    return { bytes: await readFile(file), type: mediaType(file) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(error.code))) {
      return null;
    }
    throw error;
  }
}

function plainAnswer(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { ...securityHeaders('none'), 'Content-Type': 'text/plain; charset=utf-8' },
  });
}
