/**
 * Every name that crosses the bridge. The bridge takes only this file as a value; each area's definition beside it is
 * typed against it, so a name that exists on one side only does not compile.
 */
export const CHANNELS = {
  app: {
    calls: ['info', 'openWindow', 'unlockVault', 'createVault', 'applyProvision', 'reportProblem', 'saveLook'],
    events: ['infoChanged'],
  },
  session: {
    calls: ['state', 'signInByBadge', 'signInByPin', 'signOut', 'fieldKeys', 'people', 'savePerson'],
    events: ['changed'],
  },
  journal: { calls: ['append', 'readSince'], events: ['recorded', 'trouble'] },
  packing: { calls: ['complete', 'printLabel', 'resolvePrint', 'reopen'], events: [] },
  printing: {
    calls: ['printers', 'savePrinter', 'removePrinter', 'checkPrinter', 'printTest', 'jobs'],
    events: ['printerChanged'],
  },
  stores: { calls: ['list', 'save', 'remove', 'test', 'pullNow'], events: ['freshnessChanged'] },
  numbers: { calls: ['pools', 'importNumbers'], events: [] },
  deliveries: { calls: ['act'], events: [] },
  feed: { calls: ['open'], events: [] },
} as const;

export type AreaName = keyof typeof CHANNELS;
export type CallName<A extends AreaName> = (typeof CHANNELS)[A]['calls'][number];
export type EventName<A extends AreaName> = (typeof CHANNELS)[A]['events'][number];

/** The one channel for calls and the one for events of an area; ipcMain sees no other names. */
export const callChannel = (area: string, call: string): string => `tallyman:${area}.${call}`;
export const eventChannel = (area: string, event: string): string => `tallyman:${area}!${event}`;

/** How main hands the feed's MessagePort to the page: this message, with the port beside it. */
export const FEED_PORT_CHANNEL = 'tallyman:feed-port';
