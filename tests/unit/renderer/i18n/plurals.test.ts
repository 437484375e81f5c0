import { describe, expect, it } from 'vitest';
import { createTexts } from '../../../../renderer/i18n/i18n';

describe('counted texts', () => {
  it('have one form in Chinese and two in English', () => {
    const chinese = createTexts('zh-CN').t;
    const english = createTexts('en').t;
    expect(english('packing.missing', { count: 1, number: '1' })).toBe('1 piece to go');
    expect(english('packing.missing', { count: 12, number: '12' })).toBe('12 pieces to go');
    expect(chinese('packing.missing', { count: 1, number: '1' })).toBe('还差 1 件');
  });

  it('change live with the language, without losing the instance', async () => {
    const texts = createTexts('zh-CN');
    expect(texts.t('nav.packing')).toBe('打包');
    await texts.changeLanguage('en');
    expect(texts.t('nav.packing')).toBe('Packing');
  });
});
