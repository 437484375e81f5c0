/** Gives a running simulator its control commands, as a test writes them. */
import { z } from 'zod';
import type { RunningSimulator } from '../../../main/simulators/simulator';

const shownOrder = z.object({
  id: z.string(),
  displayId: z.string(),
  status: z.string(),
  lines: z.array(z.object({ id: z.string(), sku: z.string(), quantity: z.number() })),
  fulfillments: z.array(
    z.object({
      id: z.string(),
      canceled: z.boolean(),
      shipped: z.boolean(),
      numbers: z.array(z.string()),
      units: z.array(z.object({ lineId: z.string(), quantity: z.number() })),
    }),
  ),
});
export type ShownOrder = z.infer<typeof shownOrder>;

const toldShop = z.object({
  orders: z.array(shownOrder),
  requests: z.array(z.object({ at: z.number(), method: z.string(), path: z.string(), status: z.number() })),
});

export function commandSimulator(simulator: RunningSimulator) {
  /** Runs the command that the control endpoint would run for this method and path. */
  const run = async (method: string, path: string, body: unknown = {}): Promise<unknown> => {
    const given = path.split('/');
    for (const route of simulator.controls) {
      const wanted = route.path.split('/');
      const fits = wanted.every((part, index) => part.startsWith(':') || part === given[index]);
      if (route.method !== method || wanted.length !== given.length || !fits) continue;
      const pairs = wanted.flatMap((part, index) =>
        part.startsWith(':') ? [[part.slice(1), given[index] ?? '']] : [],
      );
      return route.handle(Object.fromEntries(pairs) as Record<string, string>, body);
    }
    throw new Error(`no control command ${method} ${path}`);
  };
  return {
    run,
    createOrders: async (body: unknown) =>
      z.object({ orders: z.array(shownOrder) }).parse(await run('POST', '/orders', body)).orders,
    onOrder: async (id: string, action: string, body: unknown = {}) =>
      void (await run('POST', `/orders/${id}/${action}`, body)),
    fault: (body: unknown) => run('POST', '/faults', body),
    toldAll: () => toldShop.parse(simulator.told()),
    told: async (id: string): Promise<ShownOrder> => {
      const found = toldShop.parse(simulator.told()).orders.find((order) => order.id === id);
      if (found === undefined) throw new Error(`the simulator knows no order ${id}`);
      return found;
    },
  };
}
