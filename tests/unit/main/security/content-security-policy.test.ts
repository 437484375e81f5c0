import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, securityHeaders, withNonce } from '../../../../main/security/content-security-policy';

describe('the content security policy', () => {
  const policy = contentSecurityPolicy('bm9uY2U=');

  it('allows nothing that it does not name, and nothing unsafe', () => {
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
    for (const closed of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy).toContain(`${closed} 'none'`);
  });

  it('lets styles in only from our files or with the nonce of this load', () => {
    expect(policy).toContain("style-src 'self' 'nonce-bm9uY2U='");
  });

  it('isolates the page from other origins', () => {
    expect(securityHeaders('x')).toMatchObject({
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  it('puts the nonce where the page looks for it, once', () => {
    const html = '<head><meta name="csp-nonce" content="__CSP_NONCE__" /></head>';
    expect(withNonce(html, 'abc')).toBe('<head><meta name="csp-nonce" content="abc"></head>');
    expect(withNonce('<head></head>', 'abc')).toBe('<head></head>');
  });
});
