import { describe, expect, it } from 'vitest';
import { answered, refused } from '@shared/contract/envelope';
import { SessionKeys } from '../../../../renderer/index-memory/session-keys';
import { aPerson } from '../../../builders/people';
import { createFakeStation } from '../../../fakes/fake-station';
import { rawTestKeys } from '../../../fakes/field-keys';
import { createManualClock } from '../../../fakes/manual-clock';

describe('the keys of whoever is signed in', () => {
  it('come with the role at sign-in and go at sign-out', async () => {
    const clock = createManualClock();
    const fake = createFakeStation({ clock });
    fake.answer('session.fieldKeys', async () => refused('not-signed-in'));
    const keys = new SessionKeys(fake.station.session);
    await keys.start();
    expect(keys.ring()).toBeNull();
    fake.answer('session.fieldKeys', async () => answered({ ...rawTestKeys(), money: null }));
    let told = 0;
    keys.subscribe(() => (told += 1));
    fake.emit('session', 'changed', { person: aPerson('lead') });
    await expect.poll(() => keys.ring()?.contact ?? null).not.toBeNull();
    expect(keys.ring()?.money).toBeNull();
    fake.emit('session', 'changed', { person: null });
    expect(keys.ring()).toBeNull();
    expect(told).toBeGreaterThanOrEqual(2);
  });

  it('of somebody who has signed out meanwhile are dropped when they arrive', async () => {
    const clock = createManualClock();
    const fake = createFakeStation({ clock });
    fake.answer('session.fieldKeys', async () => answered(rawTestKeys()));
    const keys = new SessionKeys(fake.station.session);
    const held = fake.holdAnswers();
    const started = keys.start();
    fake.emit('session', 'changed', { person: null });
    held.open();
    await started;
    expect(keys.ring()).toBeNull();
    keys.stop();
  });
});
