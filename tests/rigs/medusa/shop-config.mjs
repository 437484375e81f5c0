/** What the rig's shop is made of. All names, codes and addresses are invented. A change here needs a new SEED_VERSION. */

/** Names the cached database template together with the lock hash; raise it when seeding changes. */
export const SEED_VERSION = '1';
export const ADMIN = { email: 'admin@rig.test', password: 'rig-secret-0001' };
/** Where a product photo points in the template; replaced by the photo server's address at each start. */
export const PHOTO_ORIGIN_IN_TEMPLATE = 'http://photos.rig.invalid';

export const MEDUSA_CONFIG = `
const { defineConfig } = require('@medusajs/framework/utils');
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: { storeCors: '*', adminCors: '*', authCors: '*', jwtSecret: 'rig-jwt', cookieSecret: 'rig-cookie',
      jwtExpiresIn: process.env.RIG_TOKEN_LIFE || '1d' },
  },
  admin: { disable: true },
});
`;

export const TSCONFIG = JSON.stringify({
  compilerOptions: {
    target: 'ES2021',
    module: 'commonjs',
    esModuleInterop: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    skipLibCheck: true,
  },
  include: ['src'],
});

/** Products of the rig: sku is the key by which tests order them. Prices in yuan, as Medusa has them (not in fen). */
export const PRODUCTS = [
  {
    sku: 'TEA-LJ-100',
    barcode: '6901234500013',
    title: '狮峰龙井 明前',
    variant: '100 克罐装',
    price: 128,
    weight: 180,
  },
  { sku: 'CUP-RU-01', barcode: '6901234500020', title: '汝窑开片茶杯', variant: '天青', price: 59.9, weight: 260 },
  { sku: 'TOWEL-BM-3', barcode: '6901234500037', title: '竹纤维毛巾', variant: '三条装', price: 36.5, weight: 330 },
  { sku: 'LAMP-DESK-W', barcode: '6901234500044', title: '护眼台灯', variant: '暖白', price: 219, weight: 1450 },
  { sku: 'SOCK-42-BK', barcode: '6901234500051', title: '纯棉短袜', variant: '黑色 42 码', price: 12.8, weight: 45 },
];
