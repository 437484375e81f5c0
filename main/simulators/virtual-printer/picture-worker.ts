/** Entry of the worker thread that draws practice labels: a second or two of WebAssembly, while which the printer must answer `~HS`. */
import { parentPort } from 'node:worker_threads';
import { drawLabel } from './label-pictures';
import type { DrawAnswer, DrawRequest } from './picture-thread';

parentPort?.on('message', ({ requestNo, format, dotsPerMm }: DrawRequest) => {
  void drawLabel(format, dotsPerMm).then((picture) => {
    const answer: DrawAnswer = { requestNo, picture };
    parentPort?.postMessage(answer);
  });
});
