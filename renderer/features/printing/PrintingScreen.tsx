import type { ReactNode } from 'react';
import type { Person } from '@shared/domain/person';
import { PrintingPanel } from './PrintingPanel';
import { usePrinting } from './use-printing';

export interface PrintingScreenProps {
  readonly person: Person | null;
  readonly isDemo: boolean;
}

/** Printers, the print journal, and in practice the labels themselves. */
export function PrintingScreen({ person, isDemo }: PrintingScreenProps): ReactNode {
  const { view, acts } = usePrinting(person, isDemo);
  return <PrintingPanel view={view} acts={acts} />;
}
