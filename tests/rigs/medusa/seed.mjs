/** Sets the rig's shop up over its own admin API: channel, location, region, shipping option, products, stock, keys. */
import { ADMIN, PHOTO_ORIGIN_IN_TEMPLATE, PRODUCTS } from './shop-config.mjs';

const STOCK_PER_PRODUCT = 1_000_000;

/** Calls the shop and returns its answer. @throws Error with the shop's own error text for any status but 2xx. */
export async function call(baseUrl, method, path, { token, key, body, timeoutMs = 60_000 } = {}) {
  const headers = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  if (key) headers['x-publishable-api-key'] = key;
  const answer = await fetch(baseUrl + path, {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path.split('?')[0]} answered ${answer.status}: ${text.slice(0, 300)}`);
  return text === '' ? {} : JSON.parse(text);
}

/** Logs the rig's administrator in. @returns a bearer token. */
export async function login(baseUrl) {
  return (await call(baseUrl, 'POST', '/auth/user/emailpass', { body: ADMIN })).token;
}

/** Seeds an empty, migrated shop. @returns the ids that later orders need. */
export async function seedShop(baseUrl) {
  const token = await login(baseUrl);
  const post = (path, body) => call(baseUrl, 'POST', path, { token, body });
  const { sales_channel: channel } = await post('/admin/sales-channels', { name: '官网' });
  const { stock_location: location } = await post('/admin/stock-locations', {
    name: '一号仓',
    address: { address_1: '样例路 1 号', country_code: 'cn' },
  });
  await post(`/admin/stock-locations/${location.id}/sales-channels`, { add: [channel.id] });
  await post(`/admin/stock-locations/${location.id}/fulfillment-providers`, { add: ['manual_manual'] });
  const { region } = await post('/admin/regions', {
    name: '中国',
    currency_code: 'cny',
    countries: ['cn'],
    payment_providers: ['pp_system_default'],
  });
  const shippingOptionId = await seedShipping(baseUrl, token, location.id, region.id);
  const variants = {};
  for (const product of PRODUCTS)
    variants[product.sku] = await seedProduct(post, product, channel.id, location.id, shippingOptionId.profileId);
  const { api_key: publishable } = await post('/admin/api-keys', { title: 'rig store', type: 'publishable' });
  await post(`/admin/api-keys/${publishable.id}/sales-channels`, { add: [channel.id] });
  const { api_key: secret } = await post('/admin/api-keys', { title: 'rig bench', type: 'secret' });
  return {
    regionId: region.id,
    salesChannelId: channel.id,
    locationId: location.id,
    shippingOptionId: shippingOptionId.id,
    publishableKey: publishable.token,
    secretKey: secret.token,
    variants,
  };
}

async function seedShipping(baseUrl, token, locationId, regionId) {
  const post = (path, body) => call(baseUrl, 'POST', path, { token, body });
  const { stock_location: withSet } = await post(
    `/admin/stock-locations/${locationId}/fulfillment-sets?fields=*fulfillment_sets`,
    { name: '快递', type: 'shipping' },
  );
  const setId = withSet.fulfillment_sets[0].id;
  const { fulfillment_set: set } = await post(`/admin/fulfillment-sets/${setId}/service-zones?fields=*service_zones`, {
    name: '大陆',
    geo_zones: [{ type: 'country', country_code: 'cn' }],
  });
  const { shipping_profiles: profiles } = await call(baseUrl, 'GET', '/admin/shipping-profiles', { token });
  const profile =
    profiles[0] ?? (await post('/admin/shipping-profiles', { name: '默认', type: 'default' })).shipping_profile;
  const { shipping_option: option } = await post('/admin/shipping-options', {
    name: '标准快递',
    service_zone_id: set.service_zones[0].id,
    shipping_profile_id: profile.id,
    provider_id: 'manual_manual',
    price_type: 'flat',
    type: { label: '标准', description: '2–4 天', code: 'standard' },
    prices: [
      { region_id: regionId, amount: 8 },
      { currency_code: 'cny', amount: 8 },
    ],
    rules: [],
  });
  return { id: option.id, profileId: profile.id };
}

async function seedProduct(post, product, channelId, locationId, profileId) {
  const photo = `${PHOTO_ORIGIN_IN_TEMPLATE}/${product.sku}.png`;
  const { product: made } = await post('/admin/products?fields=*variants,*variants.inventory_items', {
    title: product.title,
    status: 'published',
    thumbnail: photo,
    images: [{ url: photo }],
    shipping_profile_id: profileId,
    sales_channels: [{ id: channelId }],
    options: [{ title: '规格', values: [product.variant] }],
    variants: [
      {
        title: product.variant,
        sku: product.sku,
        barcode: product.barcode,
        weight: product.weight,
        manage_inventory: true,
        options: { 规格: product.variant },
        prices: [{ currency_code: 'cny', amount: product.price }],
      },
    ],
  });
  const [variant] = made.variants;
  await post(`/admin/inventory-items/${variant.inventory_items[0].inventory_item_id}/location-levels`, {
    location_id: locationId,
    stocked_quantity: STOCK_PER_PRODUCT,
  });
  return variant.id;
}
