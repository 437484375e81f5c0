/** Version 1 of `settings.json`: what this station is, how it looks, and which shops and printers it works with. */
import { z } from 'zod';
import { language, theme } from '@shared/contract/app';
import { printerSettings } from '@shared/contract/printing';
import { medusaConnection } from '@shared/contract/stores';
import { stationId } from '@shared/domain/ids';
import { storePolicy } from '@shared/domain/store';

export const settings1 = z.object({
  /** Drawn once; every fact names it. Null until the first start has saved one. */
  stationId: stationId.nullable(),
  look: z.object({
    /** Null: nobody has chosen, the system's language holds. */
    language: language.nullable(),
    theme,
    /** 0…1, default 0.8. */
    soundVolume: z.number().min(0).max(1),
    speakStops: z.boolean(),
  }),
  stores: z.array(z.object({ policy: storePolicy, connection: medusaConnection })),
  printers: z.array(printerSettings),
});
export type Settings1 = z.infer<typeof settings1>;

export const emptySettings1 = (): Settings1 => ({
  stationId: null,
  look: { language: null, theme: 'light', soundVolume: 0.8, speakStops: false },
  stores: [],
  printers: [],
});
