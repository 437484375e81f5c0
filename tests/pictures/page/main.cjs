/**
 * A bare window for the state catalogue: serves the built renderer from a scheme of its own under the product's kind of
 * content security policy, and nothing else. The product's own main process is tested in tests/e2e.
 */
const { app, BrowserWindow, protocol } = require('electron');
const { randomBytes } = require('node:crypto');
const { readFileSync } = require('node:fs');
const { extname, join, normalize } = require('node:path');

const folder = process.env.TALLYMAN_PICTURES_FOLDER;
const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

protocol.registerSchemesAsPrivileged([
  { scheme: 'catalogue', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

function answer(request) {
  const path = normalize(decodeURIComponent(new URL(request.url).pathname)).replace(/^\/+/, '') || 'index.html';
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  if (path !== 'index.html') {
    return new Response(readFileSync(join(folder, path)), { headers: { 'content-type': type } });
  }
  const nonce = randomBytes(16).toString('base64');
  const page = readFileSync(join(folder, path), 'utf8').replaceAll('__CSP_NONCE__', nonce);
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return new Response(page, { headers: { 'content-type': type, 'content-security-policy': policy } });
}

app.whenReady().then(() => {
  protocol.handle('catalogue', answer);
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    useContentSize: true,
    show: true,
    webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false },
  });
  window.setMenu(null);
  void window.loadURL('catalogue://station/index.html#/catalogue');
});
app.on('window-all-closed', () => app.quit());
