import Button from '@mui/material/Button';
import type { MouseEvent, ReactNode } from 'react';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-paths';
import { KeyCap } from '../key-cap/KeyCap';

export interface ActionButtonProps {
  readonly children: string;
  readonly onAct: () => void;
  readonly icon?: IconName;
  /** The key that does the same, shown on the button. */
  readonly keys?: string;
  readonly tone?: 'primary' | 'plain' | 'quiet' | 'danger' | 'good';
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly large?: boolean;
  /** Leaves the focus where it is, so that scans and keys go on as before. For screens where scans are expected. */
  readonly leavesFocus?: boolean;
}

const VARIANT = {
  primary: 'contained',
  plain: 'outlined',
  quiet: 'text',
  danger: 'contained',
  good: 'contained',
} as const;
const COLOUR = { primary: 'primary', plain: 'inherit', quiet: 'primary', danger: 'error', good: 'success' } as const;

const keepFocus = (event: MouseEvent): void => {
  event.preventDefault();
};

/** A button with its icon and key. At least 44 px high; never the default of a dialog. */
export function ActionButton(props: ActionButtonProps): ReactNode {
  const { tone = 'plain', busy = false, disabled = false, large = false, leavesFocus = false } = props;
  return (
    <Button
      variant={VARIANT[tone]}
      color={COLOUR[tone]}
      size={large ? 'large' : 'medium'}
      disabled={disabled || busy}
      aria-busy={busy}
      onClick={props.onAct}
      {...(leavesFocus ? { onMouseDown: keepFocus, tabIndex: -1 } : {})}
      startIcon={props.icon === undefined ? null : <Icon name={props.icon} size={large ? 24 : 20} />}
      endIcon={props.keys === undefined ? null : <KeyCap keys={props.keys} />}
      data-target=""
      sx={large ? { minHeight: 56, fontSize: 18 } : {}}
    >
      {props.children}
    </Button>
  );
}
