import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** Looks a page over with axe once no colour is on its way to another: half-way, no contrast is the one people read. */
export async function axe(page: Page): Promise<AxeBuilder> {
  await page.evaluate(async () => {
    const moving = () =>
      document.getAnimations().filter((one) => one instanceof CSSTransition && one.playState !== 'finished');
    for (let found = moving(); found.length > 0; found = moving()) {
      await Promise.allSettled(found.map(({ finished }) => finished));
    }
  });
  return new AxeBuilder({ page });
}
