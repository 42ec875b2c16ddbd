'use client';
import { useEffect } from 'react';

/**
 * Keeps the last press on a button until the page can answer it. It stands in the page itself, since on a slow line
 * people press long before the program has come; links work without it. No quote, bracket or ampersand may stand in it:
 * they would be escaped.
 */
const KEEP = `(function () {
  var root = document.documentElement;
  var pressed = null;
  function keep(event) {
    var button = event.target.closest(\`button, [role=button], [role=tab]\`);
    if (button === null) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = button;
  }
  document.addEventListener(\`click\`, keep, true);
  document.addEventListener(\`gloss-ready\`, function () {
    document.removeEventListener(\`click\`, keep, true);
    if (pressed !== null) if (pressed.isConnected) pressed.click();
  }, { once: true });
})()`;

/** Goes before everything that can be pressed. */
export function EarlyPresses({ nonce }: { nonce: string | undefined }) {
  // Browsers hide the nonce from scripts, so that it looks missing when React compares.
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {KEEP}
    </script>
  );
}

/** Says that the page answers presses now, by `data-ready` at its root, and gives it the press that came early. */
export function PageReady() {
  useEffect(() => {
    document.documentElement.dataset.ready = '';
    document.dispatchEvent(new Event('gloss-ready'));
  }, []);
  return null;
}
