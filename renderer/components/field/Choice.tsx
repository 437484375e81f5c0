import MenuItem from '@mui/material/MenuItem';
import MuiTextField from '@mui/material/TextField';
import type { ReactNode } from 'react';

export interface ChoiceProps<K extends string> {
  readonly label: string;
  readonly value: K;
  readonly options: readonly { readonly key: K; readonly text: string }[];
  readonly onChange: (key: K) => void;
  readonly hint?: string;
  readonly disabled?: boolean;
}

/** One of a list that opens. */
export function Choice<K extends string>({
  label,
  value,
  options,
  onChange,
  hint,
  disabled = false,
}: ChoiceProps<K>): ReactNode {
  return (
    <MuiTextField
      select
      label={label}
      value={value}
      disabled={disabled}
      helperText={hint ?? ' '}
      slotProps={{ inputLabel: { shrink: true } }}
      onChange={(event) => {
        const chosen = options.find(({ key }) => key === event.target.value);
        if (chosen !== undefined) onChange(chosen.key);
      }}
    >
      {options.map(({ key, text }) => (
        <MenuItem key={key} value={key}>
          {text}
        </MenuItem>
      ))}
    </MuiTextField>
  );
}
