import type { ReactNode } from 'react';
import { ICON_PATHS, type IconName } from './icon-paths';

export interface IconProps {
  readonly name: IconName;
  /** Edge length in pixels, or any CSS length. */
  readonly size?: number | string;
  /** What it says to somebody who does not see it; without it the icon is decoration beside a text. */
  readonly label?: string;
}

/** One of our own line icons in the colour of the text around it. */
export function Icon({ name, size = 24, label }: IconProps): ReactNode {
  const named = label === undefined ? { 'aria-hidden': true as const } : { role: 'img', 'aria-label': label };
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      focusable="false"
      {...named}
    >
      {ICON_PATHS[name]}
    </svg>
  );
}
