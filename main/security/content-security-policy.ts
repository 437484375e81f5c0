/**
 * What a page of ours may load: its own files and nothing else. No eval, no inline script, no inline style but the ones that
 * carry this load's nonce (Emotion's style tag), no frames, no forms, no connection to anywhere but our own scheme.
 */

/** @param nonce base64 text, fresh for every load */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Headers of every answer of our scheme. The cross-origin isolation pair keeps foreign content out of the process and gives
 * `performance.now()` its fine steps of 5 µs.
 */
export function securityHeaders(nonce: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  };
}

/**
 * Puts the nonce into the page's `<meta name="csp-nonce">`, from where the page's style cache takes it. A page without that
 * element is answered as it is.
 */
export function withNonce(html: string, nonce: string): string {
  return html.replace(/<meta\s+name="csp-nonce"[^>]*>/i, `<meta name="csp-nonce" content="${nonce}">`);
}
