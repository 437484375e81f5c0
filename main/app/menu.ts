/** The application menu: none in kiosk, else only what a keyboard user of the system expects. */
import { Menu } from 'electron';

/** @param devTools adds reload and developer tools, for development and test builds */
export function setApplicationMenu(kiosk: boolean, devTools: boolean): void {
  if (kiosk) {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
      { role: 'editMenu' },
      ...(devTools ? [{ role: 'viewMenu' as const }] : []),
      { role: 'windowMenu' },
    ]),
  );
}
