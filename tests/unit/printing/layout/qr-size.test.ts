import bwip from 'bwip-js/generic';
import { describe, expect, it } from 'vitest';
import { qrModules } from '../../../../printing/layout/qr-size';

describe('the size of a QR code', () => {
  it('is never smaller than what another encoder needs, and at most one version larger', () => {
    const texts = [
      '1',
      '1234567890123',
      'TM-20260301-000417',
      'a',
      'lower case',
      '订单号',
      '9'.repeat(300),
      'x'.repeat(700),
      'A'.repeat(38),
    ];
    for (const text of texts) {
      const [other] = bwip.raw('qrcode', text, 'eclevel=M');
      if (other === undefined || !('pixx' in other)) throw new Error('no modules from the other encoder');
      const modules = qrModules(text);
      if (!modules.ok) throw new Error(modules.error.code);
      expect(modules.value - other.pixx, text).toBeGreaterThanOrEqual(0);
      expect(modules.value - other.pixx, text).toBeLessThanOrEqual(4);
    }
  });

  it('refuses what no QR code holds', () => {
    expect(qrModules('')).toEqual({ ok: false, error: { code: 'qr-empty' } });
    expect(qrModules('x'.repeat(3000))).toEqual({ ok: false, error: { code: 'qr-too-long', bytes: 3000 } });
  });
});
