/**
 * The world of an end-to-end test: a shop, a network that can be broken, a printer port, and a real station between them. A
 * test acts as the packer does (scans and keys) and looks where the truth is: at the screen, at the paper, in the shop.
 */
import { deepStrictEqual } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import type { Page } from 'playwright';
import { startPrinterSink, type PrinterSink, type PrinterSinkOptions } from '../../rigs/printer-sink';
import { startFaultProxy, type FaultProxy } from '../../rigs/tcp-fault-proxy';
import { launchStation, makeProfileDir, type LaunchedStation } from '../harness/launch-station';
import { lookAtBench, untilBench, untilDone, untilQueueShows, type SeenBench } from './bench-eyes';
import { readLabel, type ReadLabel } from './label-reader';
import { typeScan } from './scanner-hand';
import { NUMBER_PREFIX, PACKER, stationDocument, type DocumentOptions } from './station-document';
import { waitUntil } from './wait-until';
import type { OrderedLine, ShownShipment, Sku, WorldOrder, WorldShop } from './world-shop';

const WAYBILL = new RegExp(`${NUMBER_PREFIX}\\d{10}`);

export interface WorldOptions {
  readonly shop: WorldShop;
  /** A Zebra that answers when asked, unless said otherwise. */
  readonly printer?: PrinterSinkOptions;
  readonly station?: Partial<Omit<DocumentOptions, 'shopUrl' | 'secretKey' | 'locationId' | 'printerPort'>>;
  /** More environment for the program, such as another DISPLAY. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Starts the program in another way than by the harness; used where the packed program is driven. */
  readonly withoutStation?: boolean;
}

export class SpineWorld {
  private running: LaunchedStation | null = null;
  private isSetUp = false;
  /** How many labels had come out when they were last taken. */
  private taken = 0;

  private constructor(
    readonly shop: WorldShop,
    readonly network: FaultProxy,
    public printer: PrinterSink,
    readonly profileDir: string,
    readonly document: object,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** Starts everything and signs the packer in. The shop stays the caller's to stop. */
  static async open(options: WorldOptions): Promise<SpineWorld> {
    const { shop } = options;
    const network = await startFaultProxy(shop.baseUrl);
    const printer = await startPrinterSink({ answersStatus: 'always', ...options.printer });
    const document = stationDocument({
      shopUrl: network.baseUrl,
      secretKey: shop.secretKey,
      locationId: shop.locationId,
      printerPort: printer.port,
      ...options.station,
    });
    const world = new SpineWorld(shop, network, printer, await makeProfileDir(), document, options.environment ?? {});
    if (options.withoutStation === true) return world;
    try {
      await world.start();
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  get station(): LaunchedStation {
    if (this.running === null) throw new Error('the station is not running');
    return this.running;
  }

  get page(): Page {
    return this.station.window;
  }

  /** Starts the program on the world's profile and signs in by badge. */
  async start(): Promise<void> {
    // The document is given once, as an administrator would; later starts find the station set up.
    const provision = this.isSetUp ? {} : { provision: this.document };
    this.running = await launchStation({ profileDir: this.profileDir, env: this.environment, ...provision });
    await this.signIn(this.page);
    this.isSetUp = true;
  }

  /** Scans the packer's badge at the sign-in screen and waits for the bench. */
  async signIn(page: Page): Promise<void> {
    const first = page.locator('[data-screen="sign-in"], [data-screen="packing"]').first();
    await first.waitFor({ timeout: 30_000 }).catch(async (error: unknown) => {
      const seen = await page.locator('body').innerText();
      const troubles = (await this.station.log()).filter(({ level }) => level === 'error' || level === 'warn');
      const logged = troubles.map((line) => JSON.stringify(line)).join('\n');
      throw new Error(`neither the sign-in nor the bench came up, but: ${seen}\n${logged}`, { cause: error });
    });
    if ((await page.locator('[data-screen="packing"]').count()) === 0) await typeScan(page, PACKER.badge);
    await page.locator('[data-screen="packing"]').waitFor({ timeout: 20_000 });
  }

  /** Ends the program as a person does. */
  async end(): Promise<void> {
    await this.running?.close();
    this.running = null;
  }

  /** Ends the program as a power cut does. */
  async kill(): Promise<void> {
    await this.running?.kill();
    this.running = null;
  }

  async close(): Promise<void> {
    await this.kill();
    await this.printer.stop();
    await this.network.stop();
    await rm(this.profileDir, { recursive: true, force: true, maxRetries: 5 });
    await rm(`${this.profileDir}.provision.json`, { force: true });
  }

  /** Puts another printer onto the same port, as when a printer is switched off and on. */
  async replacePrinter(options: PrinterSinkOptions): Promise<void> {
    const { port } = this.printer;
    await this.printer.stop();
    this.printer = await startPrinterSink({ answersStatus: 'always', ...options, port });
    this.taken = 0;
  }

  /** Makes an order at the shop and waits until the station's queue shows it. */
  async order(lines: readonly OrderedLine[], page = this.page): Promise<WorldOrder> {
    const order = await this.shop.addOrder(lines);
    await untilQueueShows(page, order, 'Ready');
    await this.toBench(page);
    return order;
  }

  async toBench(page = this.page): Promise<void> {
    await page.keyboard.press('F1');
    await page.locator('[data-screen="packing"]').waitFor();
  }

  /** One scan at the window, with no field in focus. */
  scan(text: string, page = this.page): Promise<void> {
    return typeScan(page, text);
  }

  scanPiece(sku: Sku, page = this.page): Promise<void> {
    return this.scan(this.shop.barcodeOf(sku), page);
  }

  look(page = this.page): Promise<SeenBench> {
    return lookAtBench(page);
  }

  until(wanted: (seen: SeenBench) => boolean, what: string, timeoutMs?: number): Promise<SeenBench> {
    return untilBench(this.page, wanted, what, timeoutMs);
  }

  /** Waits until a line shows so many pieces in the box. */
  untilCounted(sku: Sku, counted: number, page = this.page): Promise<SeenBench> {
    const isIt = (seen: SeenBench): boolean => seen.lines.some((line) => line.sku === sku && line.counted === counted);
    return untilBench(page, isIt, `${counted} × ${sku}`);
  }

  /** Opens an order by scanning the platform's number, as it stands on a slip. */
  async open(order: WorldOrder, page = this.page): Promise<void> {
    await this.scan(order.id, page);
    await untilBench(
      page,
      (seen) => seen.moment === 'bench' && seen.text.includes(order.displayNo) && seen.lines.length > 0,
      `order ${order.displayNo} open`,
    );
  }

  /** Scans every piece of an open order. */
  async scanAll(order: WorldOrder, page = this.page): Promise<void> {
    for (const { sku, quantity } of order.lines)
      for (let piece = 0; piece < quantity; piece += 1) await this.scanPiece(sku, page);
  }

  /** Opens, scans everything and waits for “done”. @returns the waybill number on the screen. */
  async pack(order: WorldOrder): Promise<string> {
    await this.open(order);
    await this.scanAll(order);
    return this.untilDone(order);
  }

  /** Waits for the finished parcel of this order. */
  async untilDone(order: WorldOrder, timeoutMs = 20_000): Promise<string> {
    await this.until(
      (seen) => seen.moment === 'done' && seen.text.includes(order.displayNo),
      'the parcel done',
      timeoutMs,
    );
    return untilDone(this.page, WAYBILL);
  }

  /** Waits for the next label on paper and has it read by strangers. */
  async nextLabel(): Promise<ReadLabel> {
    await this.printer.until((sink) => sink.papers.length > this.taken);
    const paper = this.printer.papers[this.taken];
    this.taken += 1;
    if (paper === undefined) throw new Error('no label came out');
    return readLabel(paper);
  }

  /** Labels that came out and were not taken yet. */
  labelsLeft(): number {
    return this.printer.papers.length - this.taken;
  }

  /** Forgets the labels that are out already. */
  takeLabels(): void {
    this.taken = this.printer.papers.length;
  }

  /** What the shop shows as shipped and not cancelled. */
  async shipments(order: WorldOrder): Promise<readonly ShownShipment[]> {
    return (await this.shop.told(order.id)).filter((one) => one.shipped && !one.canceled);
  }

  /** Waits until the shop shows the order shipped, then asserts: once, under this number, with exactly these units. */
  async untilShopShows(order: WorldOrder, number: string, timeoutMs = 20_000): Promise<void> {
    await waitUntil({
      what: `the shop to show ${order.displayNo} shipped`,
      read: () => this.shipments(order),
      isRight: (shown) => shown.length > 0,
      timeoutMs,
      pauseMs: 200,
    });
    await this.assertShippedOnce(order, number);
  }

  /** Exactly one living fulfilment, shipped, with this number and every unit of the order. */
  async assertShippedOnce(order: WorldOrder, number: string): Promise<void> {
    const living = (await this.shop.told(order.id)).filter((one) => !one.canceled);
    const units = order.lines.map((line) => ({ lineId: line.id, quantity: line.quantity }));
    deepStrictEqual(
      living.map(({ shipped, numbers }) => ({ shipped, numbers })),
      [{ shipped: true, numbers: [number] }],
      `order ${order.displayNo} is shipped once, under its number`,
    );
    deepStrictEqual([...(living[0]?.units ?? [])].sort(byLine), [...units].sort(byLine));
  }

  /** Nothing at all was told about this order. */
  async assertNotTold(order: WorldOrder): Promise<void> {
    const living = (await this.shop.told(order.id)).filter((one) => !one.canceled);
    deepStrictEqual(living, [], `nothing was told about ${order.displayNo}`);
  }
}

const byLine = (a: { lineId: string }, b: { lineId: string }): number => a.lineId.localeCompare(b.lineId);
