import MuiTextField from '@mui/material/TextField';
import type { ReactNode } from 'react';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly problem?: string | null;
  readonly type?: 'text' | 'password' | 'number' | 'url';
  readonly lines?: number;
  readonly disabled?: boolean;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  /** Enter typed by hand in this field; without it Enter does nothing here. */
  readonly onEnter?: () => void;
}

/** A labelled text field. Secrets are never offered to a password store. */
export function TextField(props: TextFieldProps): ReactNode {
  const {
    label,
    value,
    onChange,
    hint,
    problem = null,
    type = 'text',
    lines = 1,
    disabled = false,
    autoFocus = false,
  } = props;
  return (
    <MuiTextField
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      helperText={problem ?? hint ?? ' '}
      error={problem !== null}
      type={type}
      disabled={disabled}
      autoFocus={autoFocus}
      placeholder={props.placeholder ?? ''}
      multiline={lines > 1}
      {...(lines > 1 ? { rows: lines } : {})}
      autoComplete="off"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && lines === 1 && !event.nativeEvent.isComposing) props.onEnter?.();
      }}
      slotProps={{ inputLabel: { shrink: true }, htmlInput: { spellCheck: false } }}
    />
  );
}
