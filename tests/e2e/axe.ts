// What axe-core finds on a page: rules of WCAG 2.2 A and AA, and axe's own best practices.

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Each violation as one line: the rule, what it says, and the first element it is about. None is the only good answer. */
export async function axe(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html ?? ''}`);
}
