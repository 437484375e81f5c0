/** The window of the practice warehouse's printer: a picture of each label. It has no bridge and is none of the station's. */
import { BrowserWindow } from 'electron';
import { ORIGIN } from './origin';

/** Opens the window behind the station's, without taking the focus from it. */
export function openVirtualPrinterWindow(onFailure: (error: unknown) => void): BrowserWindow {
  const window = new BrowserWindow({
    width: 720,
    height: 860,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: '#e8eaee',
    title: '虚拟打印机 Virtual printer',
    webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false, spellcheck: false },
  });
  window.once('ready-to-show', () => window.showInactive());
  void window.loadURL(`${ORIGIN}/virtual-printer/`).catch(onFailure);
  return window;
}
