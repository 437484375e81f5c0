/** Starts the virtual printer with both of its sides. */
import { serveLabels } from './label-window-server';
import type { DrawPicture } from './picture-thread';
import { VirtualPrinter } from './virtual-printer';

export interface RunningVirtualPrinter {
  readonly printer: VirtualPrinter;
  /** Where ZPL goes, on 127.0.0.1. */
  readonly printPort: number;
  /** Where labels can be looked at, on 127.0.0.1. */
  readonly labelPort: number;
  close(): Promise<void>;
}

/** @param ports 0 for any free one. Rejects when a port is taken. */
export async function startVirtualPrinter(
  ports: { readonly print: number; readonly labels: number },
  nowMs: () => number,
  draw: DrawPicture,
): Promise<RunningVirtualPrinter> {
  const printer = new VirtualPrinter({ port: ports.print, dotsPerMm: 8, nowMs, draw });
  const printPort = await printer.listen();
  try {
    const labels = await serveLabels(printer, ports.labels);
    const close = async (): Promise<void> => {
      await Promise.all([printer.close(), labels.close()]);
    };
    return { printer, printPort, labelPort: labels.port, close };
  } catch (error) {
    await printer.close();
    throw error;
  }
}
