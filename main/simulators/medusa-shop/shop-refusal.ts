/** A refusal in Medusa's own envelope `{type, message, code?}`. */
export class ShopRefusal extends Error {
  constructor(
    readonly status: number,
    /** Null for a 401: Medusa then sends only a message. */
    readonly type: string | null,
    message: string,
    readonly code?: string,
  ) {
    super(message);
  }
}

export const invalidData = (message: string): ShopRefusal => new ShopRefusal(400, 'invalid_data', message);
export const notAllowed = (message: string): ShopRefusal => new ShopRefusal(400, 'not_allowed', message);
export const notFound = (message: string): ShopRefusal => new ShopRefusal(404, 'not_found', message);
export const unauthorized = (message = 'Unauthorized'): ShopRefusal => new ShopRefusal(401, null, message);
/** What Medusa says when its own code trips, for example over the shipment of a fulfilment that does not exist. */
export const tripped = (): ShopRefusal =>
  new ShopRefusal(500, 'unknown_error', 'An unknown error occurred.', 'unknown_error');
