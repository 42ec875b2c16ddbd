/** Runs in the page, so nothing here may refer to anything outside its own function. */

/** Listens for what only hostile markup brings about. Runs before any script of the page, in every frame. */
export function listen(): void {
  const { tell } = window as unknown as { tell: (kind: string, detail: string) => void };
  Object.defineProperty(window, '__xss', {
    get: () => undefined,
    set: (id: unknown) => tell('ran', String(id)),
  });
  document.addEventListener('securitypolicyviolation', (event) => {
    // Script that evaluates strings is script already; zod tries once whether it may compile its checks.
    if (event.blockedURI !== 'eval') tell('policy', `${event.effectiveDirective} ${event.blockedURI}`);
  });
}

/** Waits until a picture of ours has failed: what stood in the page before has been tried by then. */
export function settle(): Promise<void> {
  return new Promise((done) => {
    const picture = new Image();
    picture.addEventListener('error', () => requestAnimationFrame(() => done()));
    picture.src = '/api/health?settled';
  });
}

/** What stands in the page that the program never puts there; empty when no markup of a case survived. */
export function audit(): string[] {
  const faults: string[] = [];
  const forbidden =
    'iframe, frame, frameset, object, embed, applet, base, portal, fencedframe, marquee, noembed, noframes, plaintext, ' +
    'xmp, audio, video, source, track, map, area, math, keygen, isindex, image, bgsound, foreignObject, animate, ' +
    'animateMotion, animateTransform, set, use, handler, selectedcontent, meta[http-equiv], form[action], ' +
    '[formaction], [srcdoc], [ping], [is]:not([is=""]), [background], [attributionsrc], [xmlns\\:xlink]';
  const addresses = [
    'href',
    'src',
    'xlink:href',
    'action',
    'data',
    'poster',
    'cite',
    'srcset',
    'imagesrcset',
  ];
  const look = (root: Document | DocumentFragment) => {
    for (const element of root.querySelectorAll(forbidden)) faults.push(element.outerHTML.slice(0, 200));
    for (const element of root.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        const at = `<${element.localName} ${name}="${value.slice(0, 120)}">`;
        if (/^on/i.test(name)) faults.push(at);
        if (name === 'style' && /url\(|expression|image-set|binding|behavior/i.test(value)) faults.push(at);
        if (!addresses.includes(name)) continue;
        const scheme = URL.parse(value, location.href)?.protocol ?? '';
        if (!['http:', 'https:', 'mailto:'].includes(scheme) || (name !== 'href' && /beacon/.test(value)))
          faults.push(at);
        if (element.localName !== 'a' && new URL(value, location.href).origin !== location.origin)
          faults.push(at);
      }
      if (element.shadowRoot) look(element.shadowRoot);
      if (element instanceof HTMLTemplateElement) look(element.content);
    }
    for (const element of root.querySelectorAll('style'))
      if (/beacon|__xss|javascript:/.test(element.textContent)) faults.push(element.outerHTML.slice(0, 200));
  };
  look(document);
  const article =
    '[role=document] :is(img, form, input, button, svg, script, style, [id], [name], [class], [style])';
  for (const element of document.querySelectorAll(article)) faults.push(element.outerHTML.slice(0, 200));
  for (const element of document.querySelectorAll('.ProseMirror :is(script, style, form, [id], [name])'))
    faults.push(element.outerHTML.slice(0, 200));
  return faults;
}

/** All the words on the page, those in fields too; no white space, no controls. */
export function words(): string {
  const parts: string[] = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!/^(?:script|style)$/i.test(node.parentElement?.localName ?? '')) parts.push((node as Text).data);
  }
  for (const field of document.querySelectorAll('input, textarea'))
    parts.push((field as HTMLInputElement | HTMLTextAreaElement).value);
  return parts.join(' ').replace(/[\s\p{C}]+/gu, '');
}

/** Pastes each html over the whole open note; answers what the page should not hold after one of them. */
export function pasteEach(pastes: readonly { html: string; text: string }[]): number {
  const dom = document.querySelector('.ProseMirror') as HTMLElement & {
    editor: { commands: { selectAll(): boolean } };
  };
  let taken = 0;
  for (const { html, text } of pastes) {
    dom.editor.commands.selectAll();
    const data = new DataTransfer();
    if (html !== '') data.setData('text/html', html);
    data.setData('text/plain', text);
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
    if (!dom.dispatchEvent(event)) taken += 1;
  }
  return taken;
}

/** Asks long lists that show a part of themselves for more of it. */
export function unfold(): void {
  for (const button of document.querySelectorAll('button'))
    if (button.textContent?.startsWith('Show more')) button.click();
}
