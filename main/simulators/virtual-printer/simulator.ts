/** The virtual printer as one of the simulators of the practice warehouse. */
import { join } from 'node:path';
import { ControlRefusal, type StartSimulator } from '../simulator';
import { PictureThread } from './picture-thread';
import { parseFlags } from './printer-state';
import { startVirtualPrinter } from './start';

/** Starts the printer on free ports. Its state does not survive a restart: paper is paper. */
export const startVirtualPrinterSimulator: StartSimulator = async (settings) => {
  const pictures = new PictureThread(join(__dirname, 'picture-worker.cjs'));
  const running = await startVirtualPrinter({ print: 0, labels: 0 }, () => settings.now(), pictures.draw);
  const { printer, printPort, labelPort } = running;
  const labels = (): unknown => printer.labels().map(({ id, printedAtMs, bytes }) => ({ id, printedAtMs, bytes }));
  return {
    name: 'virtual-printer',
    announcement: { printPort, labelPort },
    controls: [
      { method: 'GET', path: '/labels', handle: labels },
      { method: 'DELETE', path: '/labels', handle: () => printer.clear() },
      { method: 'GET', path: '/state', handle: () => printer.state() },
      {
        method: 'POST',
        path: '/state',
        handle: (_parameters, body) => {
          const flags = parseFlags(printer.state(), body);
          if (flags === null)
            throw new ControlRefusal(400, 'any of paperOut, ribbonOut, headOpen, paused, as booleans');
          printer.setState(flags);
          return printer.state();
        },
      },
    ],
    told: labels,
    stop: async () => {
      await running.close();
      await pictures.stop();
    },
  };
};
