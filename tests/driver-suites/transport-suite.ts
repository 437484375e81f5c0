/**
 * What every transport must do, whatever carries its bytes. A transport that passes can be given to the spooler. The rig is a device
 * that can be unplugged; it is real (a socket, a pseudo terminal), not a mock.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceState, SendProgress, Transport } from '../../printing/transports/transport';

export interface TransportLimits {
  readonly openTimeoutMs: number;
  readonly writeStallTimeoutMs: number;
  readonly closeTimeoutMs: number;
}

export interface TransportRig {
  /** A transport to the device; may be called again for a second one. */
  transport(limits: TransportLimits): Transport;
  /** Everything that the device has read since it was plugged in last. */
  received(): Uint8Array;
  /** Resolves when the device has read that many bytes. @throws Error after some seconds. */
  untilReceived(bytes: number): Promise<void>;
  /** The device sends. */
  say(bytes: Uint8Array): void;
  /** The device reads nothing any more. */
  stopReading(): void;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  stop(): Promise<void>;
  /** More bytes than everything between program and device can hold. */
  readonly moreThanFits: number;
}

const LIMITS: TransportLimits = { openTimeoutMs: 2000, writeStallTimeoutMs: 500, closeTimeoutMs: 500 };
const QUESTION = new TextEncoder().encode('~HS');

const untilState = async (transport: Transport, isThere: (state: DeviceState) => boolean): Promise<DeviceState> => {
  if (isThere(transport.state)) return transport.state;
  return new Promise((resolve) => {
    const cancel = transport.onState((state) => {
      if (!isThere(state)) return;
      cancel();
      resolve(state);
    });
  });
};
const isDown = ({ kind }: DeviceState): boolean => kind === 'lost' || kind === 'absent';

/** Declares the suite for one kind of transport. @param startRig starts a device that is plugged in. */
export const describeTransport = (name: string, startRig: () => Promise<TransportRig>): void => {
  describe(`the ${name} transport`, () => {
    let rig: TransportRig;
    let transport: Transport;
    beforeEach(async () => {
      rig = await startRig();
      transport = rig.transport(LIMITS);
    });
    afterEach(async () => {
      await transport.close();
      await rig.stop();
    });

    it('delivers every byte value unchanged, in order, with progress', async () => {
      const bytes = Uint8Array.from({ length: 9000 }, (_, at) => (at * 7 + (at >> 8)) & 0xff);
      const progress: SendProgress[] = [];
      expect(await transport.open()).toEqual({ ok: true, value: undefined });
      expect(transport.state).toEqual({ kind: 'ready' });
      expect(await transport.send(bytes, (each) => progress.push(each))).toMatchObject({ ok: true });
      await rig.untilReceived(bytes.length);
      expect(Buffer.from(rig.received()).equals(Buffer.from(bytes))).toBe(true);
      expect(progress.at(-1)).toEqual({ totalBytes: 9000, handedBytes: 9000, flushedBytes: 9000 });
      for (const each of progress) expect(each.flushedBytes).toBeLessThanOrEqual(each.handedBytes);
    });

    it('gathers an answer that comes in pieces', async () => {
      await transport.open();
      const asked = transport.ask(QUESTION, (answer) => answer.length >= 6, 2000);
      await rig.untilReceived(QUESTION.length);
      rig.say(Uint8Array.from([1, 2, 3]));
      rig.say(Uint8Array.from([4, 5, 6]));
      const answer = await asked;
      expect(answer.ok && [...answer.value]).toEqual([1, 2, 3, 4, 5, 6]);
    });

    it('does not wait for an answer longer than asked, and can be used afterwards', async () => {
      await transport.open();
      expect(await transport.ask(QUESTION, () => false, 100)).toEqual({ ok: false, error: { code: 'no-answer' } });
      expect(await transport.send(QUESTION)).toMatchObject({ ok: true });
    });

    it('gives up on a device that takes nothing, and says that bytes may have left', async () => {
      await transport.open();
      rig.stopReading();
      const sent = await transport.send(new Uint8Array(rig.moreThanFits));
      expect(sent).toMatchObject({ ok: false, error: { code: 'write-stalled', mayHaveLeft: true } });
      expect(transport.state.kind).toBe('lost');
    });

    it('survives the device being unplugged in the middle of a job', async () => {
      await transport.open();
      const sending = transport.send(new Uint8Array(rig.moreThanFits));
      await rig.untilReceived(1);
      await rig.unplug();
      expect(await sending).toMatchObject({ ok: false, error: { mayHaveLeft: true } });
      await untilState(transport, isDown);
    });

    it('notices an unplugged device while idle, sends nothing into it, and works when it is back', async () => {
      await transport.open();
      const down = untilState(transport, isDown);
      await rig.unplug();
      await down;
      expect(await transport.send(QUESTION)).toMatchObject({
        ok: false,
        error: { mayHaveLeft: false, flushedBytes: 0 },
      });
      expect(await transport.ask(QUESTION, () => true, 100)).toMatchObject({ ok: false });
      await rig.plugIn();
      expect(await transport.open()).toEqual({ ok: true, value: undefined });
      expect(await transport.send(QUESTION)).toMatchObject({ ok: true });
      await rig.untilReceived(QUESTION.length);
      expect([...rig.received()]).toEqual([...QUESTION]);
    });

    it('says so when there is no device', async () => {
      await rig.unplug();
      const opened = await transport.open();
      expect(opened).toMatchObject({ ok: false, error: { code: 'not-reachable' } });
      expect(transport.state).toEqual({ kind: 'lost', code: 'not-reachable' });
      expect(await transport.send(QUESTION)).toMatchObject({ ok: false, error: { mayHaveLeft: false } });
    });

    it('refuses a second call while one is under way, without sending anything', async () => {
      await transport.open();
      const asking = transport.ask(QUESTION, () => false, 150);
      expect(await transport.send(QUESTION)).toMatchObject({
        ok: false,
        error: { code: 'transport-busy', mayHaveLeft: false },
      });
      expect(await transport.open()).toEqual({ ok: false, error: { code: 'transport-busy' } });
      await asking;
      expect([...rig.received()]).toEqual([...QUESTION]);
    });

    it('can be opened twice, closed twice, and opened again', async () => {
      expect(await transport.open()).toMatchObject({ ok: true });
      expect(await transport.open()).toMatchObject({ ok: true });
      await transport.close();
      expect(transport.state).toEqual({ kind: 'absent' });
      await transport.close();
      expect(await transport.open()).toMatchObject({ ok: true });
      expect(await transport.send(QUESTION)).toMatchObject({ ok: true });
    });
  });
};
