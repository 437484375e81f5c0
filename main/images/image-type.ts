/** What a picture is, from its first bytes: a server's word for it does not count. SVG is left out, because it can hold programs. */
export type ImageType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

const starts = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((char, index) => bytes[at + index] === char.charCodeAt(0));

/** @returns null for anything else. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  if (starts(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (starts(bytes, 0, 'GIF87a') || starts(bytes, 0, 'GIF89a')) return 'image/gif';
  if (starts(bytes, 0, 'RIFF') && starts(bytes, 8, 'WEBP')) return 'image/webp';
  return null;
}
