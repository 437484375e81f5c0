/** Where our pages live. The database belongs to this origin, so neither part may ever change. */
export const SCHEME = 'tallyman';
export const ORIGIN = `${SCHEME}://station`;
export const ENTRY_URL = `${ORIGIN}/index.html`;
