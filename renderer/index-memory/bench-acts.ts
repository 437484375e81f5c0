/**
 * Acts of a bench on their way to main: shown at once, sent in the order in which hands did them, each naming the revision
 * that the one before will have made. Answers are not waited for, so that many scans can be under way.
 */
import { refused, type Reply } from '@shared/contract/envelope';
import type { Approval, Expectation } from '@shared/contract/journal';
import { FACT_SCHEMA, type Fact, type FactBody, type FactDraft, type JournalRecord } from '@shared/domain/fact';
import type { GestureId, ShipmentId } from '@shared/domain/ids';
import type { BenchPorts, Gesture } from './bench-types';

type Send = (expect: Expectation) => Promise<Reply<JournalRecord>>;

export interface Act {
  readonly shipmentId: ShipmentId;
  readonly gestureId: GestureId;
  /** What the act will have made of the shipment; empty when only main can say. */
  readonly drafts: readonly FactDraft[];
  /** Gathers what the message needs (label data) before it can be sent; its turn stays where it is. */
  readonly prepare: () => Promise<Send>;
}

type Ports = Pick<BenchPorts, 'host' | 'journal' | 'person' | 'stationId' | 'clock' | 'ids'>;

export class BenchActs {
  private sending: Promise<void> = Promise.resolve();
  private underWay = 0;

  constructor(
    private readonly ports: Ports,
    private readonly onMoved: () => void,
  ) {}

  /** Acts without an answer yet. */
  get pending(): number {
    return this.underWay;
  }

  draft(gesture: Gesture, body: FactBody): FactDraft {
    const { gestureId, deviceId, method } = gesture;
    return { factId: this.ports.ids.factId(), gestureId, deviceId, method, body };
  }

  /** Appends a fact of one shipment to the journal. */
  append(shipmentId: ShipmentId, draft: FactDraft, approval: Approval | null): Promise<Reply<JournalRecord>> {
    return this.perform({
      shipmentId,
      gestureId: draft.gestureId,
      drafts: [draft],
      prepare: async () => (expect) => this.ports.journal.append({ expect, facts: [draft], approval }),
    });
  }

  /** Shows an act and sends it. @returns the answer; a refused act is not shown any more. */
  async perform(act: Act): Promise<Reply<JournalRecord>> {
    const { index } = this.ports.host;
    const expect = { shipmentId: act.shipmentId, revision: index.expectedRevision(act.shipmentId) };
    const proposal = index.propose({
      shipmentId: act.shipmentId,
      facts: act.drafts.map((draft) => this.asFact(draft)),
      gestureId: act.gestureId,
    });
    this.underWay += 1;
    this.onMoved();
    const answer = this.sent(act.prepare, expect);
    let reply: Reply<JournalRecord>;
    try {
      reply = await answer;
    } catch {
      // Calls refuse with values; what throws is the preparation: the label's data could not be read.
      reply = refused('contact-unreadable');
    }
    this.underWay -= 1;
    if (reply.ok) {
      this.ports.host.accept(reply.value);
      proposal.settle(reply.value);
    } else proposal.takeBack();
    this.onMoved();
    return reply;
  }

  private sent(prepare: Act['prepare'], expect: Expectation): Promise<Reply<JournalRecord>> {
    const prepared = prepare();
    const turn = this.sending;
    const answer = (async () => {
      await turn;
      const send = await prepared;
      return { reply: send(expect) };
    })();
    // The next act is sent after this one was, whatever becomes of it.
    this.sending = answer.then(
      () => undefined,
      () => undefined,
    );
    return answer.then(({ reply }) => reply);
  }

  private asFact(draft: FactDraft): Fact {
    return {
      ...draft,
      schema: FACT_SCHEMA,
      stationId: this.ports.stationId(),
      personId: this.ports.person()?.personId ?? null,
      at: this.ports.clock.now(),
    };
  }
}
