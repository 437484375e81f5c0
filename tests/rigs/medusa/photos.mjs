/** The rig's product photos: one plain colour per SKU as a PNG, made here, served over HTTP. */
import { createServer } from 'node:http';
import { crc32, deflateSync } from 'node:zlib';

const PHOTO_PX = 240;

/** CRC-32 as PNG wants it (zlib.crc32 came with Node 20.15; older ones compute it here). */
function checksum(bytes) {
  if (typeof crc32 === 'function') return crc32(bytes);
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(checksum(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG of 240×240 pixels whose colour follows from the name, so that two products never look alike by accident. */
export function photoOf(name) {
  let hash = 7;
  for (const char of name) hash = (hash * 31 + char.codePointAt(0)) >>> 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(PHOTO_PX, 0);
  header.writeUInt32BE(PHOTO_PX, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + PHOTO_PX * 3);
  for (let x = 0; x < PHOTO_PX; x++) row.set([hash & 255, (hash >> 8) & 255, (hash >> 16) & 255], 1 + x * 3);
  const pixels = Buffer.concat(Array.from({ length: PHOTO_PX }, () => row));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Starts the photo server on a free port of 127.0.0.1. */
export function servePhotos() {
  const server = createServer((request, response) => {
    const match = /^\/([A-Za-z0-9-]+)\.png$/.exec(request.url ?? '');
    if (match === null) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'image/png' }).end(photoOf(match[1]));
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () =>
      resolve({ origin: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() }),
    );
  });
}
