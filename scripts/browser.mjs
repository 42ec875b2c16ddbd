import { findProgram } from './system.mjs';

/** The path of the system's Chromium, for the tests in a real browser. */
export const findBrowser = () =>
  findProgram({
    what: 'Chromium',
    variable: 'CHROMIUM_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    elsewhere: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    packages: ['chromium', 'fonts-liberation', 'fonts-noto-cjk', 'fonts-noto-color-emoji'],
  });
