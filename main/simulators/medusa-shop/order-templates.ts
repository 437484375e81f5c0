/** Orders of invented buyers, for tests and for the practice warehouse. */
import { z } from 'zod';
import { CATALOGUE } from './catalogue';
import { makeId } from './shop-rules';
import type { ShopState, SimOrder } from './shop-state';

const sku = z.string().refine((text) => CATALOGUE.some((article) => article.sku === text), 'no such article');

/** The body of the control command that makes orders. */
export const orderRequest = z.strictObject({
  template: z.enum(['single', 'multi-line', 'multi-quantity', 'urgent', 'pre-sale', 'held']).default('single'),
  count: z.number().int().min(1).max(20_000).default(1),
  lines: z
    .array(z.strictObject({ sku, quantity: z.number().positive().max(10_000) }))
    .min(1)
    .max(100)
    .optional(),
  paid: z.boolean().default(true),
  metadata: z.record(z.string(), z.unknown()).default({}),
  /** Digits, also more than a double can hold. Only for a single order. */
  displayId: z
    .string()
    .regex(/^\d{1,30}$/)
    .optional(),
  ageMinutes: z.number().min(0).max(600_000).default(0),
  /** Gives all orders of this command one and the same `updated_at`. */
  sameMoment: z.boolean().default(false),
});
export type OrderRequest = z.infer<typeof orderRequest>;

const FAMILY = ['林', '周', '郑', '许', '何', '苏', '叶', '欧阳'];
const GIVEN = ['样例', '练习', '测试', '示范', '演练', '试单'];
const PLACES = [
  { province: '浙江省', city: '杭州市', district: '西湖区', street: '样例大道 100 号 3 幢 502 室', postcode: '310000' },
  {
    province: '广东省',
    city: '深圳市',
    district: '南山区',
    street: '演练路 8 号科创园 B 座 12 楼',
    postcode: '518000',
  },
  { province: '四川省', city: '成都市', district: '锦江区', street: '示范街 26 号附 7 号', postcode: '610000' },
  {
    province: '北京市',
    city: '北京市',
    district: '朝阳区',
    street: '测试胡同 3 号院 5 号楼 1 单元 901',
    postcode: '100000',
  },
  { province: '上海市', city: '上海市', district: '浦东新区', street: '练习路 1288 弄 66 号', postcode: '200000' },
  {
    province: '新疆维吾尔自治区',
    city: '乌鲁木齐市',
    district: '天山区',
    street: '试单南路 415 号',
    postcode: '830000',
  },
];

const pick = <T>(list: readonly T[], index: number): T => {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

/** Makes the orders of one request and adds them to the state. @param now the shop's clock. */
export function makeOrders(state: ShopState, request: OrderRequest, now: number): readonly SimOrder[] {
  const made: SimOrder[] = [];
  for (let index = 0; index < request.count; index++) {
    const at = now - Math.round(request.ageMinutes * 60_000) + (request.sameMoment ? 0 : index);
    const order = makeOrder(state, request, at);
    state.orders.set(order.id, order);
    made.push(order);
  }
  state.save();
  return made;
}

function makeOrder(state: ShopState, request: OrderRequest, at: number): SimOrder {
  const number = state.nextNumber();
  const address = pick(PLACES, number);
  return {
    id: makeId('order', state, at),
    displayId: request.count === 1 && request.displayId !== undefined ? request.displayId : String(number),
    status: 'pending',
    version: 1,
    createdAt: at,
    updatedAt: at,
    canceledAt: null,
    shipping: 8,
    capturedAt: request.paid ? at : null,
    refunds: [],
    lines: (request.lines ?? linesOf(request.template, number)).map((line) => ({
      id: makeId('ordli', state, at),
      sku: line.sku,
      quantity: line.quantity,
      fulfilled: 0,
      shipped: 0,
    })),
    fulfillments: [],
    address: {
      firstName: pick(GIVEN, number),
      lastName: pick(FAMILY, number),
      // 199 0000 is not given out to anybody in particular here: the number is invented from the order's own.
      phone: `1990000${String(number % 10_000).padStart(4, '0')}`,
      ...address,
    },
    metadata: { ...metadataOf(request.template, at), ...request.metadata },
    shownPayment: null,
    shownFulfillment: null,
    shownCurrency: 'cny',
  };
}

function linesOf(template: OrderRequest['template'], number: number): readonly { sku: string; quantity: number }[] {
  const article = (offset: number): string => pick(CATALOGUE, number + offset).sku;
  switch (template) {
    case 'multi-line':
      return [
        { sku: article(0), quantity: 1 },
        { sku: article(1), quantity: 2 },
        { sku: article(3), quantity: 1 },
      ];
    case 'multi-quantity':
      return [{ sku: article(0), quantity: 3 + (number % 4) }];
    case 'single':
    case 'urgent':
    case 'pre-sale':
    case 'held':
      return [{ sku: article(0), quantity: 1 }];
  }
}

function metadataOf(template: OrderRequest['template'], at: number): Record<string, unknown> {
  const inMinutes = (minutes: number): string => new Date(at + minutes * 60_000).toISOString();
  if (template === 'urgent') return { ship_by: inMinutes(90), seller_flag: 'red', seller_memo: '顾客急用，请优先' };
  if (template === 'pre-sale') return { ship_not_before: inMinutes(3 * 24 * 60), seller_memo: '预售，三天后发' };
  if (template === 'held') return { hold_reason: '等待客服核对尺码' };
  return {};
}

/** What fills an empty practice shop: a morning's orders, old ones first. */
export const DEMO_ORDERS: readonly Pick<OrderRequest, 'template' | 'count' | 'ageMinutes'>[] = [
  { template: 'single', count: 6, ageMinutes: 240 },
  { template: 'multi-quantity', count: 4, ageMinutes: 180 },
  { template: 'multi-line', count: 6, ageMinutes: 120 },
  { template: 'urgent', count: 3, ageMinutes: 40 },
  { template: 'pre-sale', count: 1, ageMinutes: 60 },
  { template: 'held', count: 1, ageMinutes: 30 },
  { template: 'single', count: 4, ageMinutes: 10 },
];
