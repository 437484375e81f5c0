import { createTheme, type Theme } from '@mui/material/styles';
import { PALETTES, type Mode } from './palette';

/** Controls are at least this high: a gloved finger on a touch screen. Pixels. */
export const TARGET_PX = 44;

/** MUI's theme from our palette; its fonts are those of styles/base.css. */
export function makeTheme(mode: Mode): Theme {
  const colours = PALETTES[mode];
  return createTheme({
    palette: {
      mode,
      primary: { main: colours.accent, contrastText: colours['accent-on'] },
      success: { main: colours['ok-solid'], contrastText: colours['ok-on'] },
      warning: { main: colours['warn-solid'], contrastText: colours['warn-on'] },
      error: { main: colours['stop-solid'], contrastText: colours['stop-on'] },
      background: { default: colours.ground, paper: colours.surface },
      text: { primary: colours.ink, secondary: colours['ink-2'], disabled: colours['ink-3'] },
      divider: colours.line,
    },
    shape: { borderRadius: 8 },
    typography: { fontFamily: 'inherit', fontSize: 15, button: { textTransform: 'none', fontWeight: 600 } },
    transitions: { create: () => 'none' },
    components: {
      MuiButtonBase: { defaultProps: { disableRipple: true, disableTouchRipple: true } },
      MuiButton: {
        defaultProps: { disableElevation: true },
        styleOverrides: {
          root: { minHeight: TARGET_PX, paddingInline: 18, fontSize: 16, lineHeight: 1.25 },
          outlined: { borderColor: colours.edge, color: colours.ink },
          text: { color: colours['accent-text'] },
        },
      },
      MuiIconButton: { styleOverrides: { root: { width: TARGET_PX, height: TARGET_PX, color: colours.ink } } },
      MuiTextField: { defaultProps: { fullWidth: true, variant: 'outlined' } },
      MuiOutlinedInput: {
        styleOverrides: {
          root: { minHeight: 48, background: colours.surface },
          notchedOutline: { borderColor: colours.edge },
          input: { '&:focus-visible': { boxShadow: 'none', outline: 'none' } },
        },
      },
      MuiInputLabel: {
        styleOverrides: { root: { color: colours['ink-2'], '&.Mui-error': { color: colours['stop-text'] } } },
      },
      MuiFormHelperText: {
        styleOverrides: {
          root: { fontSize: 14, color: colours['ink-2'], '&.Mui-error': { color: colours['stop-text'] } },
        },
      },
      MuiMenuItem: { styleOverrides: { root: { minHeight: TARGET_PX } } },
      MuiDialog: { styleOverrides: { paper: { backgroundImage: 'none', border: `1px solid ${colours.line}` } } },
      MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    },
  });
}
