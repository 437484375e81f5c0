import { describe, expect, it } from 'vitest';
import { fileInside, mediaType } from '../../../../main/app/own-file';

describe('a file of the own scheme', () => {
  it('is found inside its folder', () => {
    expect(fileInside('/app/out/renderer', '/assets/index-abc.js')).toBe('/app/out/renderer/assets/index-abc.js');
    expect(fileInside('/app/out/renderer', '/%E9%9D%A2%E5%8D%95.png')).toBe('/app/out/renderer/面单.png');
  });

  it.each([
    '/../main/index.cjs',
    '/assets/../../main/index.cjs',
    '/..%2fmain/index.cjs',
    '/%2e%2e/main',
    '/.',
    '/a\\..\\b',
    '/C:/windows',
    '/x%00.js',
    '/%E0%A4%A',
    'index.html',
    '/',
  ])('is never found by %j', (path) => {
    expect(fileInside('/app/out/renderer', path)).toBeNull();
  });

  it('does not take a folder with the same beginning for its own', () => {
    expect(fileInside('/app/out/renderer', '/../renderer-old/x')).toBeNull();
  });

  it('has a media type that runs nothing unless it is known', () => {
    expect(mediaType('/x/index.html')).toBe('text/html; charset=utf-8');
    expect(mediaType('/x/worker.JS')).toBe('text/javascript; charset=utf-8');
    expect(mediaType('/x/unknown.xyz')).toBe('application/octet-stream');
  });
});
