import type { Look } from '@shared/contract/app';
import type { PrinterId, StoreId } from '@shared/domain/ids';
import type { PersonToSave } from './person-draft';
import type { PrinterDraft } from './printer-draft';
import type { OpenForm, Section, SetUpView } from './set-up-view';
import type { StoreDraft } from './store-draft';

/** What can be done on the set-up screen. */
export interface SetUpActs {
  readonly go: (section: Section) => void;
  readonly openForm: (form: OpenForm) => void;
  readonly testStore: (draft: StoreDraft) => void;
  readonly saveStore: (draft: StoreDraft) => void;
  readonly removeStore: (id: StoreId) => void;
  readonly pullNow: (id: StoreId) => void;
  readonly savePrinter: (draft: PrinterDraft) => void;
  readonly removePrinter: (id: PrinterId) => void;
  readonly importNumbers: (ask: { readonly poolId: string; readonly carrier: string; readonly text: string }) => void;
  readonly savePerson: (person: PersonToSave) => void;
  readonly saveLook: (look: Look) => void;
  readonly tryVoice: (text: string) => void;
}

export interface SetUpProps {
  readonly view: SetUpView;
  readonly acts: SetUpActs;
}
