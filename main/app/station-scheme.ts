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

/** Answers the part of our scheme below one prefix. @param path what follows the prefix, percent-encoded. Null: not found. */
export type ContentSource = (path: string) => Promise<ServedContent | null>;

export interface SchemeOptions {
  /** Absolute folder with the built pages. */
  readonly pagesFolder: string;
  /** By prefix with slashes at both ends, such as `/photo/`. */
  readonly sources: ReadonlyMap<string, ContentSource>;
  /** Fresh base64 text for each load. */
  readonly nonce: () => string;
  readonly onFailure: (error: unknown) => void;
}

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
      return await answer(request.url, request.method, options);
    } catch (error) {
      options.onFailure(error);
      return plainAnswer(500, 'internal');
    }
  });
}

async function answer(address: string, method: string, options: SchemeOptions): Promise<Response> {
  if (method !== 'GET' && method !== 'HEAD') return plainAnswer(405, 'method not allowed');
  const url = new URL(address);
  if (`${url.protocol}//${url.host}` !== ORIGIN) return plainAnswer(404, 'not found');
  const content = await findContent(url.pathname === '/' ? '/index.html' : url.pathname, options);
  if (content === null) return plainAnswer(404, 'not found');
  const nonce = options.nonce();
  const isPage = content.type.startsWith('text/html');
  const body = isPage ? withNonce(Buffer.from(content.bytes).toString('utf8'), nonce) : new Uint8Array(content.bytes);
  return new Response(method === 'HEAD' ? null : body, {
    status: 200,
    headers: { ...securityHeaders(nonce), 'Content-Type': content.type },
  });
}

async function findContent(pathname: string, options: SchemeOptions): Promise<ServedContent | null> {
  for (const [prefix, source] of options.sources) {
    if (pathname.startsWith(prefix)) return source(pathname.slice(prefix.length));
  }
  return readOwnFile(options.pagesFolder, pathname);
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
