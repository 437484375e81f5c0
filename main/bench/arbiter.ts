/**
 * The one arbiter: every record of every window and of the program itself is judged here, against the same fold that the
 * windows use, before it goes to the journal. Judging and staging happen in one go, so two writers can never both be first.
 */
import type { z } from 'zod';
import { answered, refused, type Reply } from '@shared/contract/envelope';
import type { Expectation, journalArea } from '@shared/contract/journal';
import { FACT_SCHEMA, type Fact, type FactBody, type FactDraft, type JournalRecord } from '@shared/domain/fact';
import {
  deviceId,
  factId,
  gestureId,
  stationId,
  type DeviceId,
  type FactId,
  type GestureId,
  type PersonId,
  type ShipmentId,
} from '@shared/domain/ids';
import { hasRight, type Person } from '@shared/domain/person';
import { shipmentsOf } from '@shared/domain/shipment-work';
import type { Result } from '@shared/language/result';
import type { Clock } from '@shared/units/instant';
import type { Logger, SessionPort } from '../wiring/ports';
import type { BenchState } from './bench-state';
import { WINDOW_RIGHTS, withApprover } from './fact-rights';

/** What the arbiter needs of the journal. */
export interface JournalPort {
  append(
    draft: Omit<JournalRecord, 'seq'>,
    settle: (result: Result<JournalRecord, 'disk-full' | 'disk-failed' | 'journal-closed'>) => void,
  ): void;
  readSince(afterSeq: number, limit: number): Promise<readonly JournalRecord[]>;
}

export interface ArbiterDeps {
  readonly journal: JournalPort;
  readonly state: BenchState;
  /** Platform-corrected. */
  readonly clock: Clock;
  readonly session: Pick<SessionPort, 'checkApproval'>;
  readonly stationId: string;
  readonly newId: () => string;
  readonly logger: Logger;
}

/** Who did it, with what, in which gesture. */
export interface Act {
  readonly personId: PersonId | null;
  readonly gestureId: GestureId;
  readonly deviceId: DeviceId;
  readonly method: Fact['method'];
}

export interface RecordRequest {
  readonly facts: readonly Fact[];
  /** The revision as the writer saw it; the record raises it by one. */
  readonly expect?: Expectation | null;
  /** A person's act without an expectation raises this shipment's revision all the same. */
  readonly raises?: ShipmentId;
}

type AppendAsk = z.output<(typeof journalArea)['calls']['append']['ask']>;
type RecordReply = Reply<JournalRecord>;

const PROGRAM_DEVICE = deviceId.parse('station');
/** Kinds that change several shipments at once. */
const GROUPING: ReadonlySet<FactBody['kind']> = new Set(['shipments-merged', 'shipment-split', 'grouping-undone']);

export class Arbiter {
  private readonly underWay = new Map<FactId, Promise<RecordReply>>();
  private readonly listeners = new Set<(record: JournalRecord) => void>();

  constructor(private readonly deps: ArbiterDeps) {}

  get state(): BenchState {
    return this.deps.state;
  }

  /** Every flushed record, in order. @returns cancel. */
  subscribe(listener: (record: JournalRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The act of the program itself. */
  programAct(): Act {
    return {
      personId: null,
      gestureId: gestureId.parse(this.deps.newId()),
      deviceId: PROGRAM_DEVICE,
      method: 'system',
    };
  }

  /** A fact with its header, not yet judged. @param id given where a window drew it. */
  factOf(act: Act, body: FactBody, id?: FactId): Fact {
    return {
      factId: id ?? factId.parse(this.deps.newId()),
      gestureId: act.gestureId,
      deviceId: act.deviceId,
      method: act.method,
      schema: FACT_SCHEMA,
      stationId: stationId.parse(this.deps.stationId),
      personId: act.personId,
      at: this.deps.clock.now(),
      body,
    };
  }

  /**
   * The record that a fact is in already, flushed or on its way; null when the fact is new. Looked up at once, so that a writer
   * who finds null and records in the same turn cannot be overtaken by its own repetition.
   */
  recordWith(id: FactId): Promise<RecordReply> | null {
    const pending = this.underWay.get(id);
    if (pending !== undefined) return pending;
    const seq = this.state.seqOf(id);
    return seq === undefined ? null : this.readRecord(seq);
  }

  /** Is a fact written already, or on its way? */
  isKnown(id: FactId): boolean {
    return this.underWay.has(id) || this.state.seqOf(id) !== undefined;
  }

  private async readRecord(seq: number): Promise<RecordReply> {
    const [record] = await this.deps.journal.readSince(seq - 1, 1);
    return record === undefined ? refused('journal-closed') : answered(record);
  }

  /**
   * Judges, stages and writes one record. Judging is synchronous: what a caller read from the state in the same turn still holds.
   * @returns the flushed record, or `revision-moved` (with the revision now), `rule-refused` (with the rule), or the disk's refusal.
   */
  record(request: RecordRequest): Promise<RecordReply> {
    const expect = request.expect ?? null;
    const raised = expect?.shipmentId ?? request.raises;
    const revisionNow = raised === undefined ? 0 : (this.state.work(raised)?.revision ?? 0);
    if (expect !== null && expect.revision !== revisionNow)
      return Promise.resolve(refused('revision-moved', { revision: revisionNow }));
    const draft = {
      revision: raised === undefined ? null : { shipmentId: raised, number: revisionNow + 1 },
      facts: [...request.facts],
    };
    const staged = this.state.stage(draft);
    if (!staged.ok) return Promise.resolve(refused('rule-refused', { rule: staged.error }));
    const written = new Promise<RecordReply>((resolve) => {
      this.deps.journal.append(draft, (result) => {
        if (result.ok) this.settle(result.value);
        else staged.value.run();
        resolve(result.ok ? answered(result.value) : refused(result.error));
      });
    });
    for (const fact of draft.facts) this.underWay.set(fact.factId, written);
    void written.then(() => draft.facts.forEach((fact) => this.underWay.delete(fact.factId)));
    return written;
  }

  private settle(record: JournalRecord): void {
    this.state.remember(record);
    for (const listener of [...this.listeners]) {
      try {
        listener(record);
      } catch (error) {
        this.deps.logger.error('record-listener-failed', error, { seq: record.seq });
      }
    }
  }

  /** The contract's `journal.append`: a window's facts, judged by right, revision and rule. */
  async append(ask: AppendAsk, person: Person | null): Promise<RecordReply> {
    if (person === null) return refused('not-signed-in');
    const misfit = misfitOf(ask);
    if (misfit !== null) return refused('bad-request', { problem: misfit });
    const approver = await this.approverOf(ask, person);
    if (!approver.ok) return approver;
    // From here to the staging nothing waits.
    const again = this.answerAgain(ask.facts);
    if (again !== null) return again;
    const facts = ask.facts.map((draft) =>
      this.factOf({ ...draft, personId: person.personId }, withApprover(draft.body, approver.value), draft.factId),
    );
    return this.record({ facts, expect: ask.expect });
  }

  private answerAgain(drafts: readonly FactDraft[]): Promise<RecordReply> | null {
    const known = drafts.filter(({ factId: id }) => this.isKnown(id));
    const [first] = known;
    if (first === undefined) return null;
    if (known.length < drafts.length)
      return Promise.resolve(refused('bad-request', { problem: 'some-facts-are-written-already' }));
    return this.recordWith(first.factId);
  }

  /** Whose word the facts stand on: the person's own, or a second person's where the right is missing. */
  private async approverOf(ask: AppendAsk, person: Person): Promise<Reply<PersonId>> {
    const rights = ask.facts.map(({ body }) => WINDOW_RIGHTS[body.kind]);
    if (rights.includes(null)) return refused('not-allowed');
    const missing = rights.filter((right) => right !== null && right !== 'anybody' && !hasRight(person.role, right));
    if (missing.length === 0) return answered(person.personId);
    if (missing.some((right) => right !== 'release') || !hasRight(person.role, 'pack')) return refused('not-allowed');
    if (ask.approval === null) return refused('lead-needed');
    const second = await this.deps.session.checkApproval(ask.approval);
    if (second === null) return refused('lead-needed', { why: 'approval-wrong' });
    return hasRight(second.role, 'release') ? answered(second.personId) : refused('not-allowed');
  }
}

/** What is wrong with the outline of an ask, or null. A fact about a shipment must name the revision that its writer saw. */
function misfitOf(ask: AppendAsk): string | null {
  if (new Set(ask.facts.map(({ factId: id }) => id)).size < ask.facts.length) return 'fact-id-twice';
  for (const { body } of ask.facts) {
    const touched = shipmentsOf(body);
    if (touched.length === 0) continue;
    if (ask.expect === null) return 'revision-missing';
    const own = ask.expect.shipmentId;
    if (!touched.includes(own) || (touched.some((id) => id !== own) && !GROUPING.has(body.kind)))
      return 'facts-of-another-shipment';
  }
  return null;
}
