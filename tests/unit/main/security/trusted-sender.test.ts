import { describe, expect, it } from 'vitest';
import { isTrustedSender, type SenderFacts } from '../../../../main/security/trusted-sender';

const own = new Set([1, 2]);
const page: SenderFacts = { frameUrl: 'tallyman://station/index.html#/queue', isTopFrame: true, windowId: 1 };
const trusted = (change: Partial<SenderFacts>): boolean =>
  isTrustedSender({ ...page, ...change }, 'tallyman://station', own);

describe('a sender', () => {
  it('is trusted as the top frame of a station window on our origin', () => {
    expect(trusted({})).toBe(true);
    expect(trusted({ windowId: 2, frameUrl: 'tallyman://station/' })).toBe(true);
  });

  it.each([
    ['another window', { windowId: 3 }],
    ['a frame inside the page', { isTopFrame: false }],
    ['another host', { frameUrl: 'tallyman://elsewhere/index.html' }],
    ['a longer host', { frameUrl: 'tallyman://station.evil/index.html' }],
    ['another scheme', { frameUrl: 'https://station/index.html' }],
    ['a user name before the host', { frameUrl: 'tallyman://station@evil/index.html' }],
    ['a user name at our host', { frameUrl: 'tallyman://evil@station/index.html' }],
    ['a port', { frameUrl: 'tallyman://station:81/index.html' }],
    ['a data address', { frameUrl: 'data:text/html,tallyman://station' }],
    ['a frame that is gone', { frameUrl: '' }],
  ] as const)('is not trusted from %s', (_name, change) => {
    expect(trusted(change)).toBe(false);
  });
});
