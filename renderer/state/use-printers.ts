import { useCallback, useEffect, useMemo, useState } from 'react';
import type { PrinterView } from '@shared/contract/printing';
import type { PrinterId } from '@shared/domain/ids';
import { useStation } from './station-context';
import { useAsked, valueOf } from './use-asked';

export interface Printers {
  /** Null while they are asked for. */
  readonly list: readonly PrinterView[] | null;
  readonly put: (printer: PrinterView) => void;
  readonly again: () => void;
}

/** The printers of this station, followed live. */
export function usePrinters(): Printers {
  const station = useStation();
  const ask = useCallback(() => station.printing.printers(null), [station]);
  const [asked, again] = useAsked(ask);
  const [news, setNews] = useState<ReadonlyMap<PrinterId, PrinterView>>(new Map());
  const put = useCallback((printer: PrinterView) => {
    setNews((known) => new Map(known).set(printer.settings.printerId, printer));
  }, []);
  useEffect(() => station.printing.on.printerChanged(put), [station, put]);
  const printers = valueOf(asked);
  return useMemo(
    () => ({ list: printers?.map((printer) => news.get(printer.settings.printerId) ?? printer) ?? null, put, again }),
    [printers, news, put, again],
  );
}
