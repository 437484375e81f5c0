import { printJobState, type PrintJobState } from '@shared/domain/print-job';
import { describe, expect, it } from 'vitest';
import { nextJobState, type JobEvent } from '../../../../printing/queue/job-states';

const EVENTS: readonly JobEvent['kind'][] = [
  'start',
  'stopped-before-bytes',
  'lost-track',
  'all-bytes-taken',
  'printing-seen',
  'reported-done',
  'waited-too-long',
  'restored',
  'withdrawn',
  'person-confirms',
  'person-denies',
];
const walk = (...kinds: JobEvent['kind'][]): PrintJobState =>
  kinds.reduce<PrintJobState>((state, kind) => {
    const next = nextJobState(state, { kind });
    if (!next.ok) throw new Error(`${state} refuses ${kind}`);
    return next.value;
  }, 'queued');

describe('the states of a print job', () => {
  it('lead from the queue to done over every station', () => {
    expect(walk('start')).toBe('sending');
    expect(walk('start', 'all-bytes-taken')).toBe('sent');
    expect(walk('start', 'all-bytes-taken', 'printing-seen')).toBe('seen-printing');
    expect(walk('start', 'all-bytes-taken', 'printing-seen', 'reported-done')).toBe('done');
  });

  it('make a job fail when no byte left, and unknown when one may have', () => {
    expect(walk('stopped-before-bytes')).toBe('failed');
    expect(walk('start', 'stopped-before-bytes')).toBe('failed');
    expect(walk('start', 'lost-track')).toBe('unknown');
  });

  it('let nothing old print by itself after a restart', () => {
    expect(walk('restored')).toBe('expired');
    expect(walk('start', 'restored')).toBe('unknown');
    expect(walk('start', 'all-bytes-taken', 'restored')).toBe('sent');
  });

  it('never lead back to the queue or to sending: a job is sent at most once', () => {
    for (const state of printJobState.options)
      for (const kind of EVENTS) {
        const next = nextJobState(state, { kind });
        if (!next.ok) continue;
        expect(next.value === 'queued' && state !== 'queued').toBe(false);
        if (next.value === 'sending') expect([state, kind]).toEqual(['queued', 'start']);
      }
  });

  it('let only a person decide about an unknown job', () => {
    const open = EVENTS.filter((kind) => nextJobState('unknown', { kind }).ok);
    expect(open).toEqual(['restored', 'person-confirms', 'person-denies']);
    expect(walk('start', 'lost-track', 'person-confirms')).toBe('done');
    expect(walk('start', 'lost-track', 'person-denies')).toBe('failed');
  });

  it.each(['done', 'failed', 'expired'] as const)('have no way out of %s', (state) => {
    for (const kind of EVENTS.filter((each) => each !== 'restored'))
      expect(nextJobState(state, { kind })).toEqual({
        ok: false,
        error: { code: 'job-state-forbids', state, event: kind },
      });
  });
});
