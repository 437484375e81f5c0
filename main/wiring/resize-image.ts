/** Makes a photo fit the bench's screen, with the picture code that Electron carries. Reads PNG and JPEG. */
const LONGEST_SIDE_PX = 480;
const JPEG_QUALITY = 82;
const PNG_FIRST_BYTE = 0x89;

/** @returns null for a picture that it cannot read. */
export async function resizeImage(bytes: Uint8Array): Promise<Uint8Array | null> {
  const { nativeImage } = await import('electron');
  const image = nativeImage.createFromBuffer(Buffer.from(bytes));
  if (image.isEmpty()) return null;
  const { width, height } = image.getSize();
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(width, height));
  const small = scale < 1 ? image.resize({ width: Math.max(1, Math.round(width * scale)), quality: 'good' }) : image;
  // PNG keeps what is see-through.
  return bytes[0] === PNG_FIRST_BYTE ? small.toPNG() : small.toJPEG(JPEG_QUALITY);
}
