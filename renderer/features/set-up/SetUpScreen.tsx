import type { ReactNode } from 'react';
import { SetUpPanel } from './SetUpPanel';
import { useSetUp, type SetUpPorts } from './use-set-up';

/** Stores, printers, numbers, people, look, and the sheet of command barcodes. */
export function SetUpScreen(ports: SetUpPorts): ReactNode {
  const { view, acts } = useSetUp(ports);
  return <SetUpPanel view={view} acts={acts} />;
}
