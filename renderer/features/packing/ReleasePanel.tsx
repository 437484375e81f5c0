import { useState, type ReactNode } from 'react';
import type { Units } from '@shared/domain/fact';
import type { LineRef } from '@shared/domain/shipment-work';
import { ActionButton } from '../../components/action-button/ActionButton';
import { Choice } from '../../components/field/Choice';
import { TextField } from '../../components/field/TextField';
import { Icon } from '../../components/icons/Icon';
import { useTexts } from '../../i18n/use-texts';
import { useScans } from '../../state/scan-context';
import { goodsName, type PackingLine } from './packing-view';
import styles from './ReleasePanel.module.css';

export interface ReleasePanelProps {
  readonly lines: readonly PackingLine[];
  /** The signed-in person may not alone: a lead scans a badge, which then counts as a word and signs nobody in. */
  readonly needsBadge: boolean;
  readonly onRelease: (units: Units, reason: string, badge: string | null) => void;
}

/** A barcode that will not scan: a lead lets its units go, with a reason, on the record (I6). */
export function ReleasePanel(props: ReleasePanelProps): ReactNode {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return isOpen ? (
    <ReleaseForm {...props} onDone={() => setOpen(false)} />
  ) : (
    <ActionButton icon="hand" onAct={() => setOpen(true)}>
      {t('packing.release')}
    </ActionButton>
  );
}

function ReleaseForm({
  lines,
  needsBadge,
  onRelease,
  onDone,
}: ReleasePanelProps & { readonly onDone: () => void }): ReactNode {
  const { t } = useTexts();
  const missing = lines.filter((line) => line.counted < line.due);
  const [ref, setRef] = useState<LineRef>(missing[0]?.ref ?? '');
  const [reason, setReason] = useState('');
  const [badge, setBadge] = useState<string | null>(null);
  useScans((routed) => {
    if (routed.kind !== 'badge' || !needsBadge) return false;
    setBadge(routed.badge);
    return true;
  });
  const line = missing.find((each) => each.ref === ref) ?? missing[0];
  if (line === undefined) return null;
  const canRelease = reason.trim() !== '' && (!needsBadge || badge !== null);
  const release = (): void => {
    const { orderKey, lineId, due, counted } = line;
    onRelease({ orderKey, lineId, quantity: due - counted }, reason.trim(), badge);
    onDone();
  };
  return (
    <section className={styles['form']} aria-label={t('packing.release')}>
      <Choice
        label={t('packing.releaseWhich')}
        value={line.ref}
        options={missing.map((each) => ({ key: each.ref, text: `${goodsName(each)} × ${each.due - each.counted}` }))}
        onChange={setRef}
      />
      <TextField label={t('packing.releaseReason')} value={reason} onChange={setReason} />
      {needsBadge ? (
        <p className={badge === null ? styles['wanted'] : styles['given']} role="status">
          <Icon name={badge === null ? 'badge' : 'check'} size={20} />
          {badge === null ? t('packing.releaseBadge') : t('packing.releaseBadgeGiven')}
        </p>
      ) : null}
      <ActionButton tone="primary" disabled={!canRelease} onAct={release}>
        {t('packing.releaseConfirm', { count: line.due - line.counted })}
      </ActionButton>
      <ActionButton tone="quiet" onAct={onDone}>
        {t('common.cancel')}
      </ActionButton>
    </section>
  );
}
