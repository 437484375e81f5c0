import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import type { ReactNode } from 'react';
import { ActionButton } from '../action-button/ActionButton';

export interface QuestionDialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly cancel: string;
  readonly confirm: string;
  readonly tone?: 'primary' | 'danger';
  readonly busy?: boolean;
  readonly canConfirm?: boolean;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

/**
 * A question that only a deliberate act answers: Enter presses nothing, a click beside it closes nothing, and the focus
 * begins on the question itself, never on a button. Not used on the packing screen, where a scan may come at any moment.
 */
export function QuestionDialog(props: QuestionDialogProps): ReactNode {
  const { tone = 'primary', busy = false, canConfirm = true } = props;
  return (
    <Dialog
      open
      maxWidth="sm"
      fullWidth
      onClose={(_event, reason) => {
        if (reason === 'escapeKeyDown') props.onCancel();
      }}
      aria-labelledby="question-title"
      slotProps={{ transition: { timeout: 0 } }}
    >
      <DialogTitle id="question-title" sx={{ fontSize: 22, fontWeight: 650 }}>
        {props.title}
      </DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>{props.children}</DialogContent>
      <DialogActions sx={{ padding: '8px 24px 24px', gap: 1 }}>
        <ActionButton onAct={props.onCancel}>{props.cancel}</ActionButton>
        <ActionButton tone={tone} busy={busy} disabled={!canConfirm} onAct={props.onConfirm}>
          {props.confirm}
        </ActionButton>
      </DialogActions>
    </Dialog>
  );
}
