/** Which facts a window may write, and with which right. */
import type { FactBody, FactKind } from '@shared/domain/fact';
import type { PersonId } from '@shared/domain/ids';
import type { Right } from '@shared/domain/person';

/**
 * `null`: only the program writes it (packing, numbers and deliveries calls), because it binds numbers, moves paper or tells shops.
 * `anybody`: whoever is signed in.
 */
export const WINDOW_RIGHTS: Readonly<Record<FactKind, Right | 'anybody' | null>> = {
  'units-counted': 'pack',
  'count-undone': 'pack',
  'parcel-parked': 'pack',
  'units-released': 'release',
  'hold-placed': 'pack',
  'hold-released': 'release',
  'shipments-merged': 'release',
  'shipment-split': 'release',
  'grouping-undone': 'release',
  'number-voided': 'import-numbers',
  audited: 'anybody',
  'parcel-verified': null,
  'number-bound': null,
  'print-queued': null,
  'print-moved': null,
  'parcel-closed': null,
  'deliveries-created': null,
  'parcel-reopened': null,
  'numbers-imported': null,
  'delivery-moved': null,
};

/** Puts the person whose word it is into a fact that names one; what the page said there does not count. */
export const withApprover = (body: FactBody, approver: PersonId): FactBody =>
  body.kind === 'units-released' || body.kind === 'hold-released' ? { ...body, releasedBy: approver } : body;
