import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * Looks a page over with axe once no colour is on its way to another: half-way, no contrast is the one people read. All
 * its rules run, in the page at once, as there are no frames; only what they object to is described: a page of
 * thousands of elements takes a quarter of the time so.
 */
export async function axe(page: Page): Promise<AxeBuilder> {
  await page.evaluate(async () => {
    const moving = () =>
      document.getAnimations().filter((one) => one instanceof CSSTransition && one.playState !== 'finished');
    for (let found = moving(); found.length > 0; found = moving()) {
      await Promise.allSettled(found.map(({ finished }) => finished));
    }
  });
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
}
