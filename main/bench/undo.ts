/** Steps that take a change back, run last first when the journal refuses what the change was made for. */
export interface Undo {
  add(step: () => void): void;
}

export class UndoSteps implements Undo {
  private readonly steps: (() => void)[] = [];

  add(step: () => void): void {
    this.steps.push(step);
  }

  run(): void {
    for (const step of this.steps.splice(0).reverse()) step();
  }
}
