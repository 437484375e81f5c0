import type { Page } from 'playwright';
import { contrastProblems } from './checks/contrast';
import { layoutProblems } from './checks/layout';
import { controlProblems } from './checks/controls';

/** What is wrong with the page as it stands, one line each; empty when it is as it should be. */
export async function pictureProblems(page: Page): Promise<string[]> {
  // One after another: each is a function that runs inside the page.
  const layout = await page.evaluate(layoutProblems);
  const controls = await page.evaluate(controlProblems);
  const contrast = await page.evaluate(contrastProblems);
  return [...layout, ...controls, ...contrast];
}
