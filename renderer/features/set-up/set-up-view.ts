/** What the set-up screen shows, as data. */
import type { Look } from '@shared/contract/app';
import type { NumberPool } from '@shared/contract/numbers';
import type { PrinterView } from '@shared/contract/printing';
import type { StoreView } from '@shared/contract/stores';
import type { Person } from '@shared/domain/person';
import type { Instant } from '@shared/units/instant';
import type { IconName } from '../../components/icons/icon-paths';
import type { ErrorSentences } from '../../i18n/error-messages';
import type { NumbersImported } from './NumbersForm';
import type { StoreTest } from './StoreForm';

/** Parts of the set-up, in the order in which a new station needs them. */
export const SECTIONS = [
  { section: 'stores', icon: 'store' },
  { section: 'printers', icon: 'printer' },
  { section: 'numbers', icon: 'barcode' },
  { section: 'people', icon: 'people' },
  { section: 'look', icon: 'sound' },
  { section: 'commands', icon: 'scan' },
] as const satisfies readonly { section: string; icon: IconName }[];
export type Section = (typeof SECTIONS)[number]['section'];

/** Which form is open in a section: none, a new one, or the one with this id. */
export type OpenForm =
  { readonly kind: 'none' } | { readonly kind: 'new' } | { readonly kind: 'edit'; readonly id: string };

export interface SetUpView {
  readonly now: Instant;
  readonly section: Section;
  readonly form: OpenForm;
  readonly busy: boolean;
  readonly problem: ErrorSentences | null;
  /** Each null while it is asked for. */
  readonly stores: readonly StoreView[] | null;
  readonly printers: readonly PrinterView[] | null;
  readonly pools: readonly NumberPool[] | null;
  readonly people: readonly Person[] | null;
  readonly look: Look;
  readonly tested: StoreTest | null;
  readonly imported: NumbersImported | null;
  readonly maySetUp: boolean;
  readonly mayImport: boolean;
}

/** Sections that a role may change; everybody may choose look and print the sheet of command barcodes. */
export function mayChange(view: Pick<SetUpView, 'maySetUp' | 'mayImport'>, section: Section): boolean {
  if (section === 'look' || section === 'commands') return true;
  if (section === 'numbers') return view.mayImport;
  return view.maySetUp;
}
