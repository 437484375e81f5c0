/** Finds a file of ours for an address of our scheme; nothing outside the folder can be reached. */
import { extname, join, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/** The media type of a file by its ending; unknown endings are plain bytes that no page can run. */
export const mediaType = (path: string): string => TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';

/**
 * The file that an address's path names. @param pathname percent-encoded, beginning with `/`
 * @returns null for anything that is not plainly a path inside the folder (escapes, backslashes, drive letters, bad encoding)
 */
export function fileInside(folder: string, pathname: string): string | null {
  const path = decode(pathname);
  if (path === null || !path.startsWith('/') || /[\\:\0]/.test(path)) return null;
  if (path.split('/').some((part) => part === '..' || part === '.')) return null;
  const file = join(folder, ...path.split('/'));
  return file.startsWith(folder + sep) ? file : null;
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
