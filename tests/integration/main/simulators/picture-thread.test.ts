/** The thread in which practice labels are drawn: what it answers, and what becomes of a label when it ends. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PictureThread } from '../../../../main/simulators/virtual-printer/picture-thread';

let folder: string;
let thread: PictureThread;

const threadThat = (source: string): PictureThread => {
  const file = join(folder, 'thread.cjs');
  writeFileSync(file, `const { parentPort } = require('node:worker_threads');\n${source}`);
  return new PictureThread(file);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tallyman-pictures-'));
});
afterEach(async () => {
  await thread.stop();
  rmSync(folder, { recursive: true });
});

describe('the picture thread', () => {
  it('gives each format its own picture, whatever the order of the answers', async () => {
    thread = threadThat(`const held = [];
      parentPort.on('message', (asked) => {
        held.push({ requestNo: asked.requestNo, picture: asked.format });
        if (held.length === 2) for (const answer of held.reverse()) parentPort.postMessage(answer);
      });`);
    const pictures = await Promise.all([thread.draw(Buffer.from('one'), 8), thread.draw(Buffer.from('two'), 8)]);
    expect(pictures.map(String)).toEqual(['one', 'two']);
  });

  it('lists a label without a picture when it ends, and draws the next one in a new thread', async () => {
    thread = threadThat(`parentPort.on('message', ({ requestNo, format }) => {
        if (String(Buffer.from(format)) === 'bad') process.exit(1);
        parentPort.postMessage({ requestNo, picture: format });
      });`);
    expect(await thread.draw(Buffer.from('bad'), 8)).toBeNull();
    expect(String(await thread.draw(Buffer.from('good'), 8))).toBe('good');
  });
});
