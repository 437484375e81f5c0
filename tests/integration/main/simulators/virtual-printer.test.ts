import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drawLabel } from '../../../../main/simulators/virtual-printer/label-pictures';
import { startVirtualPrinter, type RunningVirtualPrinter } from '../../../../main/simulators/virtual-printer/start';

const LABEL = '^XA^CI28^PW608^LL1040^FO40,40^GB500,8,8^FS^FO40,80^BY2^BCN,120,Y,N,N^FDTM0000000001^FS^XZ';
let running: RunningVirtualPrinter;
let socket: Socket;

beforeEach(async () => {
  running = await startVirtualPrinter({ print: 0, labels: 0 }, () => 1_700_000_000_000, drawLabel);
  socket = connect(running.printPort, '127.0.0.1');
  await once(socket, 'connect');
});
afterEach(async () => {
  socket.destroy();
  await running.close();
});

const url = (path: string): string => `http://127.0.0.1:${running.labelPort}${path}`;

async function ask(command: string): Promise<string> {
  socket.write(command);
  let text = '';
  while ((text.match(/\x03\r\n/g) ?? []).length < 3) {
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    text += chunk.toString('latin1');
  }
  return text;
}

async function listLabels(): Promise<{ id: number }[]> {
  const answer = (await (await fetch(url('/labels'))).json()) as { labels: { id: number }[] };
  return answer.labels;
}

const changeState = (state: unknown): Promise<Response> =>
  fetch(url('/state'), { method: 'POST', body: JSON.stringify(state) });

describe('virtual printer', () => {
  it('answers ~HS with three framed strings and all clear', async () => {
    const status = await ask('~HS');
    expect(status).toBe(
      '\x02014,0,0,1039,000,0,0,0,000,0,0,0\x03\r\n\x02000,0,0,0,1,2,4,0,00000000,1,000\x03\r\n\x020000,1\x03\r\n',
    );
  });

  it('puts a format together from the pieces in which a network delivers it', async () => {
    for (const piece of [LABEL.slice(0, 2), LABEL.slice(2, 50), `${LABEL.slice(50)}^X`, `A^FDnot yet`]) {
      await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
    }
    await expect.poll(async () => (await listLabels()).map(({ id }) => id)).toEqual([1]);
    expect(await (await fetch(url('/labels/1.zpl'))).text()).toBe(LABEL);
  });

  it('draws what was printed, newest first in the list', async () => {
    socket.write(LABEL + LABEL);
    await expect.poll(async () => (await listLabels()).map(({ id }) => id)).toEqual([2, 1]);
    const answer = await fetch(url('/labels/2.png'));
    expect(answer.headers.get('content-type')).toBe('image/png');
    const picture = PNG.sync.read(Buffer.from(await answer.arrayBuffer()));
    expect([picture.width, picture.height]).toEqual([608, 1040]);
    const middleOfBar = (44 * picture.width + 300) * 4;
    expect(picture.data[middleOfBar]).toBe(0);
    expect(await (await fetch(url('/labels/2.zpl'))).text()).toBe(LABEL);
  });

  it('keeps formats waiting while the paper is out, says so, and prints them afterwards', async () => {
    await changeState({ paperOut: true });
    socket.write(LABEL);
    const status = await ask('~HS');
    expect(status).toContain('\x02014,1,0,1039,001,');
    expect(await listLabels()).toEqual([]);
    await changeState({ paperOut: false, headOpen: true });
    expect(await ask('~HS')).toContain('\x02000,0,1,0,');
    await changeState({ headOpen: false });
    await expect.poll(async () => (await listLabels()).length).toBe(1);
  });

  it('forgets waiting formats at ~JA', async () => {
    await changeState({ paused: true });
    socket.write(`${LABEL}~JA`);
    expect(await ask('~HS')).toContain('\x02014,0,1,1039,000,');
    await changeState({ paused: false });
    expect(await listLabels()).toEqual([]);
  });

  it('clears its labels and refuses what it does not know', async () => {
    socket.write(LABEL);
    await expect.poll(async () => (await listLabels()).length).toBe(1);
    await fetch(url('/labels'), { method: 'DELETE' });
    expect(await listLabels()).toEqual([]);
    expect((await fetch(url('/labels/1.png'))).status).toBe(404);
    expect((await changeState({ paper: 'out' })).status).toBe(400);
    expect((await fetch(url('/state'), { method: 'POST', body: '{' })).status).toBe(400);
  });
});
