/** A person acts on a delivery that stands still. */
import type { z } from 'zod';
import { refused, type Reply } from '@shared/contract/envelope';
import type { deliveriesArea } from '@shared/contract/deliveries';
import { SETTLED_OUTSIDE } from '@shared/domain/delivery';
import type { FactBody, JournalRecord } from '@shared/domain/fact';
import { hasRight, type Person } from '@shared/domain/person';
import type { Clock } from '@shared/units/instant';
import type { Act, Arbiter } from './arbiter';

type ActAsk = z.output<(typeof deliveriesArea)['calls']['act']['ask']>;

/**
 * `try-again`: waiting again, due now; the attempts stay counted, so the connector reads back first. `settled-outside`: the
 * person vouches that the shop knows; kept as acknowledged under its own code, because a withdrawn delivery's units would
 * be told anew at the next closing. The reason goes on the record beside it.
 */
export async function actOnDelivery(
  arbiter: Arbiter,
  clock: Clock,
  ask: ActAsk,
  person: Person | null,
): Promise<Reply<JournalRecord>> {
  if (person === null) return refused('not-signed-in');
  if (!hasRight(person.role, 'manage-deliveries')) return refused('not-allowed');
  const delivery = arbiter.state.delivery(ask.deliveryId);
  if (delivery === undefined) return refused('delivery-unknown');
  if (delivery.state !== 'parked' && delivery.state !== 'unknown')
    return refused('delivery-state-differs', { state: delivery.state });
  const act: Act = { ...ask, personId: person.personId };
  const { deliveryId, orderKey, shipmentId, attempts: attempt } = delivery;
  const moved = { kind: 'delivery-moved' as const, deliveryId, orderKey, shipmentId, attempt, notBefore: clock.now() };
  const bodies: FactBody[] =
    ask.action === 'try-again'
      ? [{ ...moved, state: 'waiting', code: '' }]
      : [
          { ...moved, state: 'acknowledged', code: SETTLED_OUTSIDE },
          {
            kind: 'audited',
            action: 'delivery-settled-outside',
            subject: `${deliveryId}: ${ask.reason}`.slice(0, 200),
          },
        ];
  return arbiter.record({ facts: bodies.map((body) => arbiter.factOf(act, body)), raises: shipmentId });
}
