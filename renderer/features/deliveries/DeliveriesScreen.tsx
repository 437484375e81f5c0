import type { ReactNode } from 'react';
import type { Person } from '@shared/domain/person';
import { DeliveriesPanel } from './DeliveriesPanel';
import { useDeliveries } from './use-deliveries';

/** Every delivery 回传 and where it stands. */
export function DeliveriesScreen({ person }: { readonly person: Person | null }): ReactNode {
  const { view, acts } = useDeliveries(person);
  return <DeliveriesPanel view={view} acts={acts} />;
}
