import type { ReactNode } from 'react';

/**
 * Drawn on a 24 × 24 grid with a stroke of 2. The four verdicts differ in outline, not only in colour: round check, crossed
 * square, triangle, octagon, so that they are told apart in grey and from two metres.
 */
export const ICON_PATHS = {
  mark: <path d="M4 5v14M8.5 5v14M13 5v14M17.5 5v14M2.5 16.5 20 7.5" />,
  scan: (
    <path d="M3 8V5a2 2 0 0 1 2-2h3M16 3h3a2 2 0 0 1 2 2v3M21 16v3a2 2 0 0 1-2 2h-3M8 21H5a2 2 0 0 1-2-2v-3M7 8v8M10.5 8v8M13.5 8v8M17 8v8" />
  ),
  box: (
    <path d="m12 2.5 8.5 4.6v9.8L12 21.5l-8.5-4.6V7.1L12 2.5ZM3.7 7.2 12 11.8l8.3-4.6M12 11.8v9.5M7.7 4.9l8.4 4.6" />
  ),
  list: <path d="M8.5 6H21M8.5 12H21M8.5 18H21M3.5 6h.01M3.5 12h.01M3.5 18h.01" />,
  send: <path d="M21 3 10.5 13.5M21 3l-6.5 18-4-7.5L3 9.5 21 3Z" />,
  printer: (
    <path d="M7 8V3h10v5M7 17H5a2 2 0 0 1-2-2v-4a3 3 0 0 1 3-3h12a3 3 0 0 1 3 3v4a2 2 0 0 1-2 2h-2M7 13.5h10V21H7v-7.5ZM17 11h.01" />
  ),
  gear: (
    <>
      <circle cx="12" cy="12" r="3.2" />
      <path d="M12 2.5v3M12 18.5v3M21.5 12h-3M5.5 12h-3M18.7 5.3l-2.1 2.1M7.4 16.6l-2.1 2.1M18.7 18.7l-2.1-2.1M7.4 7.4 5.3 5.3" />
    </>
  ),
  check: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="m7.5 12.4 3 3 6-6.6" />
    </>
  ),
  tick: <path d="m4.5 12.8 5 5L19.5 7" />,
  wrong: (
    <>
      <rect x="3" y="3" width="18" height="18" rx="2.5" />
      <path d="m8 8 8 8M16 8l-8 8" />
    </>
  ),
  close: <path d="m5.5 5.5 13 13M18.5 5.5l-13 13" />,
  warn: <path d="M12 3 22 20.5H2L12 3ZM12 9.5v5M12 17.5h.01" />,
  stop: <path d="M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8L8 2.5ZM7.5 12h9" />,
  question: (
    <>
      <path d="M12 2 22 12 12 22 2 12 12 2Z" />
      <path d="M9.6 9.6a2.4 2.4 0 1 1 3.4 2.2c-.7.3-1 .8-1 1.5v.2M12 16.6h.01" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M12 11v5.5M12 7.5h.01" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="9.5" />
      <path d="M12 6.5V12l3.5 2.2" />
    </>
  ),
  undo: <path d="M8.5 4 4 8.5 8.5 13M4 8.5h9.5a6 6 0 0 1 0 12H9" />,
  reopen: <path d="M3.5 9 12 4l8.5 5v9.5h-17V9ZM12 18v-7M9 13.5l3-3 3 3" />,
  park: <path d="M4 12v7h16v-7M12 3v10.5M8 9.5l4 4 4-4" />,
  flag: <path d="M5 22V3M5 4h12l-2.2 4L17 12H5" />,
  memo: <path d="M4 4h16v11l-5 5H4V4ZM15 20v-5h5M8 9h8M8 13h4" />,
  person: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4 21c.6-4.3 3.8-6.5 8-6.5s7.4 2.2 8 6.5" />
    </>
  ),
  people: (
    <>
      <circle cx="9" cy="8" r="3.6" />
      <path d="M2.5 20.5c.4-4 3-6 6.5-6s6.1 2 6.5 6M15.5 4.8a3.6 3.6 0 0 1 0 6.5M18 15.2c2 .8 3.2 2.6 3.5 5.3" />
    </>
  ),
  badge: (
    <>
      <rect x="4" y="6" width="16" height="15" rx="2" />
      <circle cx="12" cy="12" r="2.4" />
      <path d="M8 18.2c.5-1.8 2-2.7 4-2.7s3.5.9 4 2.7M12 2.5v3.5" />
    </>
  ),
  lock: (
    <>
      <rect x="4.5" y="10.5" width="15" height="11" rx="2" />
      <path d="M8 10.5V7a4 4 0 0 1 8 0v3.5M12 15v2.5" />
    </>
  ),
  key: (
    <>
      <circle cx="7.5" cy="15.5" r="4.5" />
      <path d="M10.8 12.2 20.5 2.5M16 7l3.5 3.5M13.5 9.5l2.5 2.5" />
    </>
  ),
  store: (
    <path d="M3.5 9.5 5 3h14l1.5 6.5M4.5 12v9h15v-9M3.5 9.5a2.8 2.8 0 0 0 5.6 0 2.8 2.8 0 0 0 5.7 0 2.8 2.8 0 0 0 5.7 0M9.5 21v-5.5h5V21" />
  ),
  offline: (
    <path d="M3 3l18 18M8.5 15.5a5 5 0 0 1 5.7-1M5 12a10 10 0 0 1 4.7-2.7M19 12a10 10 0 0 0-5.5-2.9M1.8 8.5A15 15 0 0 1 6 5.9M22.2 8.5A15 15 0 0 0 10.5 4.9M12 19h.01" />
  ),
  disk: (
    <>
      <rect x="2.5" y="13" width="19" height="7.5" rx="1.5" />
      <path d="M2.5 14 6 4h12l3.5 10M17.5 16.8h.01M13.5 16.8h.01" />
    </>
  ),
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="7" />
      <path d="m15.8 15.8 5.7 5.7" />
    </>
  ),
  refresh: <path d="M20.5 4v5.5H15M20 9.3A8.5 8.5 0 1 0 20.5 13" />,
  'sign-out': <path d="M14 3H5v18h9M10 12h11.5M17.5 8l4 4-4 4" />,
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 2v2.5M12 19.5V22M2 12h2.5M19.5 12H22M4.9 4.9l1.8 1.8M17.3 17.3l1.8 1.8M19.1 4.9l-1.8 1.8M6.7 17.3l-1.8 1.8" />
    </>
  ),
  moon: <path d="M20.5 14.5A9 9 0 1 1 9.5 3.5a7 7 0 0 0 11 11Z" />,
  contrast: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 3v18M12 7l6-1M12 11h8.5M12 15h8M12 19h5" />
    </>
  ),
  language: (
    <path d="M2.5 5.5h12M8.5 2.5v3M11.5 5.5c-1 4.5-4 7.5-8 9M5 8.5c1.5 3 4 5 7 6M12.5 21.5l4.5-11 4.5 11M14 18h6" />
  ),
  sound: <path d="M4 9.5v5h3.5L13 19V5L7.5 9.5H4ZM16.5 8.5a5 5 0 0 1 0 7M19 5.5a9 9 0 0 1 0 13" />,
  barcode: <path d="M3 5v14M7 5v14M10 5v14M14 5v14M17 5v14M21 5v14" />,
  plus: <path d="M12 4.5v15M4.5 12h15" />,
  edit: <path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19 4 20ZM14 6.5 17.5 10" />,
  trash: <path d="M4 6.5h16M9.5 6.5V3.5h5v3M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6" />,
  back: <path d="M20 12H4M10 6l-6 6 6 6" />,
  forward: <path d="M4 12h16M14 6l6 6-6 6" />,
  down: <path d="m5 9 7 7 7-7" />,
  hand: (
    <path d="M7 12V5.5a1.5 1.5 0 0 1 3 0V11M10 10.5v-7a1.5 1.5 0 0 1 3 0v7M13 11V5a1.5 1.5 0 0 1 3 0v7.5M16 9a1.5 1.5 0 0 1 3 0v6a7 7 0 0 1-7 7c-3 0-4.5-1.5-6-4l-2.5-4.5c-.8-1.6 1.2-2.8 2.3-1.5L7 14" />
  ),
  tag: <path d="M3 3h8.5L21 12.5 12.5 21 3 11.5V3ZM7.5 7.5h.01" />,
  keyboard: (
    <>
      <rect x="2" y="6" width="20" height="12.5" rx="2" />
      <path d="M6 10h.01M10 10h.01M14 10h.01M18 10h.01M6 14.5h.01M18 14.5h.01M9.5 14.5h5" />
    </>
  ),
  photo: (
    <>
      <rect x="3" y="4" width="18" height="16" rx="2" />
      <path d="m3.5 17 5-5.5 4 4 3-2.5 5 4.5M15.5 9h.01" />
    </>
  ),
} as const satisfies Readonly<Record<string, ReactNode>>;

export type IconName = keyof typeof ICON_PATHS;
