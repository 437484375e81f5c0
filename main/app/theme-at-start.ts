/** The theme for the first window's background, before the settings are loaded in full. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Theme } from '@shared/contract/app';

/** A plain look into the settings file; anything unexpected is the default, because the real reader reports it moments later. */
export function themeAtStart(profileDir: string): Theme {
  try {
    const found = /"theme":\s*"(light|dark|system)"/.exec(readFileSync(join(profileDir, 'settings.json'), 'utf8'))?.[1];
    return found === 'dark' || found === 'system' ? found : 'light';
  } catch {
    return 'light';
  }
}
