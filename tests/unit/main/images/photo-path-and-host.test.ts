import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { storeId } from '@shared/domain/ids';
import { imageTypeOf } from '../../../../main/images/image-type';
import { isInnerAddress, photoHost } from '../../../../main/images/photo-host';
import { readPhotoPath, signPhotoPath } from '../../../../main/images/photo-path';

const key = randomBytes(32);
const SHOP = storeId.parse('shop-a');
const ADDRESS = 'https://cdn.example.com/图片/a.png?w=1';

describe('a photo path', () => {
  it('leads back to its store and address, and to nothing with another key or one changed character', () => {
    const path = signPhotoPath(key, SHOP, ADDRESS);
    expect(readPhotoPath(key, path)).toEqual({ storeId: SHOP, address: ADDRESS });
    expect(readPhotoPath(randomBytes(32), path)).toBeNull();
    for (let at = 0; at < path.length; at += 1) {
      const changed = `${path.slice(0, at)}${path[at] === 'A' ? 'B' : 'A'}${path.slice(at + 1)}`;
      const read = readPhotoPath(key, changed);
      // The last character of a base64url part may carry unused bits; then it is the same path.
      if (read !== null) expect(read).toEqual({ storeId: SHOP, address: ADDRESS });
    }
  });

  it.each(['', 'a', 'a/b', 'a/b/c/d', '../../etc/passwd', `${'A'.repeat(22)}/c2hvcC1h/aHR0cA`])(
    'that is not ours is nothing: %s',
    (path) => {
      expect(readPhotoPath(key, path)).toBeNull();
    },
  );

  it('of one store does not serve another', () => {
    const [mac, , address] = signPhotoPath(key, SHOP, ADDRESS).split('/');
    const [, other] = signPhotoPath(key, storeId.parse('shop-b'), ADDRESS).split('/');
    expect(readPhotoPath(key, `${mac}/${other}/${address}`)).toBeNull();
  });
});

describe('where photos may come from', () => {
  it.each([
    ['http://127.0.0.1:9000/static/a.png', 'http://127.0.0.1:9000', 'own'],
    ['/static/a.png', 'http://127.0.0.1:9000', 'own'],
    ['https://cdn.example.com/a.png', 'https://shop.example.com', 'public'],
    ['https://93.184.216.34/a.png', 'https://shop.example.com', 'public'],
    ['http://cdn.example.com/a.png', 'https://shop.example.com', null],
    ['http://127.0.0.1:9100/', 'http://127.0.0.1:9000', null],
    ['https://127.0.0.1/a.png', 'https://shop.example.com', null],
    ['https://10.1.2.3/a.png', 'https://shop.example.com', null],
    ['https://[::1]/a.png', 'https://shop.example.com', null],
    ['https://0x7f000001/a.png', 'https://shop.example.com', null],
    ['https://localhost/a.png', 'https://shop.example.com', null],
    ['https://user:word@shop.example.com/a.png', 'https://shop.example.com', null],
    ['file:///etc/passwd', 'https://shop.example.com', null],
    ['data:image/png;base64,AAAA', 'https://shop.example.com', null],
    ['a.png', 'not an address', null],
  ])('%s at %s is %s', (address, base, kind) => {
    expect(photoHost(address, base)?.kind ?? null).toBe(kind);
  });

  it.each([
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
  ])('%s is an inner address', (address) => expect(isInnerAddress(address)).toBe(true));

  it.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2001:4860:4860::8888', 'cdn.example.com'])('%s is not', (address) =>
    expect(isInnerAddress(address)).toBe(false),
  );
});

describe('the type of a picture', () => {
  it.each([
    ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
    ['image/jpeg', [0xff, 0xd8, 0xff, 0xe0]],
    ['image/gif', [...Buffer.from('GIF89a')]],
    ['image/webp', [...Buffer.from('RIFF....WEBP')]],
    [null, [...Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')]],
    [null, [...Buffer.from('<html>')]],
    [null, []],
  ])('%s is told from its first bytes', (type, bytes) => {
    expect(imageTypeOf(Uint8Array.from(bytes))).toBe(type);
  });
});
