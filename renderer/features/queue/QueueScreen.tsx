import type { ReactNode } from 'react';
import { QueuePanel } from './QueuePanel';
import { useQueue, type QueuePorts } from './use-queue';

/** The queue: one list of everything, with a detail beside it. */
export function QueueScreen(ports: QueuePorts): ReactNode {
  const { view, acts } = useQueue(ports);
  return <QueuePanel view={view} acts={acts} />;
}
