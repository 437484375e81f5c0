/** Slots in order of urgency, kept sorted by putting single ones where they belong. */
export class SortedSlots {
  private slots = new Int32Array(1_024);
  private count = 0;

  constructor(private readonly compare: (a: number, b: number) => number) {}

  get length(): number {
    return this.count;
  }

  /** The sorted slots; valid until the next change. */
  view(): Int32Array {
    return this.slots.subarray(0, this.count);
  }

  /** Sorts many at once, in place of what was there. */
  fill(slots: Int32Array): void {
    this.slots = Int32Array.from(slots).sort(this.compare);
    this.count = slots.length;
  }

  insert(slot: number): void {
    const at = this.placeOf(slot);
    if (this.count === this.slots.length) {
      const larger = new Int32Array(Math.max(1_024, this.count * 2));
      larger.set(this.slots);
      this.slots = larger;
    }
    this.slots.copyWithin(at + 1, at, this.count);
    this.slots[at] = slot;
    this.count += 1;
  }

  /** Takes a slot out; its sort columns must still be those with which it was put in. */
  remove(slot: number): void {
    const at = this.placeOf(slot);
    if (this.slots[at] !== slot || at >= this.count) return;
    this.slots.copyWithin(at, at + 1, this.count);
    this.count -= 1;
  }

  /** First place whose slot is not more urgent. */
  private placeOf(slot: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(this.slots[middle] ?? 0, slot) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
