/** Asks the picture thread for a label's picture. The thread starts with the first label and is started again if it ends. */
import { Worker } from 'node:worker_threads';

export interface DrawRequest {
  readonly requestNo: number;
  readonly format: Uint8Array;
  readonly dotsPerMm: number;
}

export interface DrawAnswer {
  readonly requestNo: number;
  readonly picture: Uint8Array | null;
}

/** Draws a ZPL format; null where there is nothing to draw. */
export type DrawPicture = (format: Uint8Array, dotsPerMm: number) => Promise<Buffer | null>;

export class PictureThread {
  private worker: Worker | null = null;
  private lastNo = 0;
  private readonly waiting = new Map<number, (picture: Buffer | null) => void>();

  /** @param file the built picture-worker */
  constructor(private readonly file: string) {}

  readonly draw: DrawPicture = (format, dotsPerMm) =>
    new Promise((resolve) => {
      this.lastNo += 1;
      this.waiting.set(this.lastNo, resolve);
      this.worker ??= this.start();
      const request: DrawRequest = { requestNo: this.lastNo, format, dotsPerMm };
      this.worker.postMessage(request);
    });

  async stop(): Promise<void> {
    await this.worker?.terminate();
  }

  private start(): Worker {
    const worker = new Worker(this.file);
    worker.on('message', ({ requestNo, picture }: DrawAnswer) => {
      this.waiting.get(requestNo)?.(picture === null ? null : Buffer.from(picture));
      this.waiting.delete(requestNo);
    });
    // Told by 'exit' as well; without a listener it would end the whole practice warehouse.
    worker.on('error', () => this.giveUp());
    worker.on('exit', () => this.giveUp());
    return worker;
  }

  /** A thread that ended draws nothing more: its labels are listed without a picture. */
  private giveUp(): void {
    this.worker = null;
    for (const resolve of this.waiting.values()) resolve(null);
    this.waiting.clear();
  }
}
