/** Waybill documents for tests. All persons, numbers and shops are invented. */
import type { WaybillDocumentInput } from '../../printing/documents/waybill-document';

/** An ordinary parcel; any field can be replaced. */
export const buildWaybillDocument = (changes: Partial<WaybillDocumentInput> = {}): WaybillDocumentInput => ({
  kind: 'waybill',
  waybillNumber: 'SF1234567890123',
  orderCode: 'TM-20260301-000417',
  courierName: '顺丰速运',
  serviceName: '标准快递',
  sortCode: '571-A01-08',
  storeName: '青木家居旗舰店',
  sender: { name: '青木仓', phone: '0571-00000000', address: '浙江省杭州市余杭区仓前街道示例路 88 号 3 号库' },
  recipient: {
    name: '林小满',
    phone: '138****0000',
    address: '四川省成都市武侯区示例大道 1200 号（锦绣花园）5 栋 2 单元 1703 室',
  },
  lines: [
    { sku: 'MUG-350-WH', title: '陶瓷马克杯 350 ml 白色', quantity: 2 },
    { sku: 'TOWEL-BL', title: '纯棉毛巾 蓝', quantity: 1 },
  ],
  remark: '请勿放快递柜，易碎品轻放',
  printedAt: '2026-03-01 14:05',
  ...changes,
});
