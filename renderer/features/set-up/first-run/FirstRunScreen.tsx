import type { ReactNode } from 'react';
import { FirstRunPanel } from './FirstRunPanel';
import { useFirstRun, type FirstRunPorts } from './use-first-run';

/** The assistant that an empty profile opens with. */
export function FirstRunScreen(ports: FirstRunPorts): ReactNode {
  const { view, acts } = useFirstRun(ports);
  return <FirstRunPanel view={view} acts={acts} />;
}
