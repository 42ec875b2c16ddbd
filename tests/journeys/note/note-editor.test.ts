import { describe, expect, it } from 'vitest';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import { axe } from '@/tests/support/axe';
import { markOf } from './note-people';
import { open, place, reads, says, server, setUpNoteStage, soon, textOf, writable } from './note-stage';

setUpNoteStage();

describe('writing together', () => {
  it('lets three people type in one paragraph and ends with the same text everywhere', async () => {
    const [ada, ben] = await Promise.all([open({ person: 0 }), open({ person: 1 })]);
    const again = await open({ person: 1 });
    await Promise.all([ada, ben, again].map(writable));
    await ada.text.click();
    await ada.page.keyboard.type('Start. ');
    await Promise.all([reads(ben, 'Start.'), reads(again, 'Start.')]);
    await Promise.all([ben.text.click(), again.text.click()]);
    await Promise.all([ben, again].map(({ page }) => page.keyboard.press('Control+End')));
    await Promise.all([
      ada.page.keyboard.type('aaaaaaaaaaaaaaa'),
      ben.page.keyboard.type('bbbbbbbbbbbbbbb'),
      again.page.keyboard.type('ccccccccccccccc'),
    ]);
    await soon(async () => {
      const texts = await Promise.all([ada, ben, again].map(textOf));
      expect(new Set(texts).size).toBe(1);
      // Where each one's letters stand among the others' is chance; that all of them are there is not.
      const letters = [...(texts[0] ?? '')].sort().join('').trim();
      expect(letters).toBe(`.S${'a'.repeat(16)}${'b'.repeat(15)}${'c'.repeat(15)}rtt`);
    });
    expect(await ada.text.locator('p').count()).toBe(1);
    await Promise.all([ada, ben, again].map((someone) => says(someone, 'Saved')));
    await soon(async () =>
      expect(await ada.page.locator('.note-caret-name').first().textContent()).toBe('Ben'),
    );
    expect(await ada.page.locator('.note-people li').count()).toBe(2);
  });

  it('keeps the text when the editor is taken off the page and put back, and uses one socket for it', async () => {
    const ada = await open({ person: 0 });
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('Still here');
    await ada.run('showEditor', false);
    await ada.run('showEditor', true);
    await reads(ada, 'Still here');
    await says(ada, 'Saved');
    expect(server.opened()).toBe(1);
    await ada.run('showEditor', false);
    await soon(async () => expect(server.rooms().stats().connections).toBe(0));
    await ada.run('showEditor', true);
    await reads(ada, 'Still here');
  });

  it('shows the note to a reader, who cannot type and writes nothing by looking', async () => {
    const ada = await open({ person: 0 });
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('see https://example.org/x now');
    await says(ada, 'Saved');
    const reader = await open({ person: 2, canWrite: false });
    await reads(reader, 'example.org/x');
    await says(reader, /^Read only$/);
    await reader.text.click();
    await reader.page.keyboard.type('nothing');
    await ada.page.keyboard.type(' and then');
    await reads(reader, 'now and then');
    expect(await textOf(reader)).not.toContain('nothing');
    expect(await reader.state.textContent()).toBe('Read only');
    expect(await reader.text.locator('a').getAttribute('href')).toBe('https://example.org/x');
  });
});

describe('the state line', () => {
  it('goes from saving to saved, counts what waits while the server is away, and is saved again after', async () => {
    const ada = await open({ person: 0 });
    await writable(ada);
    await ada.page.evaluate(() => {
      const line = document.querySelector('.note-state-text');
      const seen = [line?.textContent];
      new MutationObserver(() => seen.push(line?.textContent)).observe(line as Node, {
        subtree: true,
        characterData: true,
        childList: true,
      });
      Object.assign(globalThis, { seen });
    });
    const seen = () => ada.page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    await ada.text.click();
    await ada.page.keyboard.type('x');
    await soon(async () => expect(await seen()).toEqual(['Saved', 'Saving…', 'Saved']));

    await server.down();
    await says(ada, /^Offline$/);
    await ada.page.keyboard.type('abc');
    await says(ada, 'Offline, 3 changes wait');
    await ada.page.keyboard.press('Backspace');
    await says(ada, 'Offline, 4 changes wait');
    await server.up();
    await says(ada, /^Saved$/);
    const ben = await open({ person: 1 });
    await reads(ben, 'xab');
  });

  it('does not say saved before a deletion is', async () => {
    const ada = await open({ person: 0 });
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('gone');
    await says(ada, /^Saved$/);
    await server.down();
    await says(ada, /^Offline$/);
    await ada.page.keyboard.press('Control+a');
    await ada.page.keyboard.press('Delete');
    await says(ada, /1 change waits/);
    await server.up();
    await says(ada, /^Saved$/);
    const ben = await open({ person: 1 });
    await writable(ben);
    expect(await textOf(ben)).toBe('');
  });

  it.each([
    [4409, /Reload needed.*1 change not saved/, 'Reload'],
    [4403, /no longer have access.*1 change not saved/, 'Try again'],
    [4401, /signed out.*1 change not saved/, 'Try again'],
  ])(
    'after close code %d says so, keeps what was typed to be copied, and offers a way on',
    async (code, words, offer) => {
      const ada = await open({ person: 0 });
      await writable(ada);
      await ada.text.click();
      await ada.page.keyboard.type('abc');
      await says(ada, /^Saved$/);
      await server.down();
      await says(ada, /^Offline$/);
      await ada.page.keyboard.type('d');
      server.refuseWith(code);
      await server.up();
      await says(ada, words);
      expect(await ada.text.getAttribute('contenteditable')).toBe('false');
      await reads(ada, 'abcd');
      expect(await ada.page.getByRole('button', { name: offer }).count()).toBe(1);
      if (offer !== 'Try again') return;
      server.refuseWith(null);
      await ada.page.getByRole('button', { name: offer }).click();
      await says(ada, /^Saved$/);
    },
  );
});

describe('quote chips', () => {
  it('show the words and the speaker from the page’s store, and change when the annotation does', async () => {
    const mark = markOf(place, 'We did not know.');
    const ada = await open({ person: 0 });
    await ada.run('learn', [mark]);
    await writable(ada);
    await ada.run('sendInsert', mark.id);
    await soon(async () => expect(await ada.chips.textContent()).toBe('“We did not know.” — R. Ito'));
    await ada.run('learn', [{ ...mark, revision: 2, quote: { ...EMPTY_QUOTE, speaker: 'K. Abe' } }]);
    await soon(async () => expect(await ada.chips.textContent()).toContain('K. Abe'));
    await ada.run('learn', [{ ...mark, revision: 3, deleted: '2026-01-02T00:00:00.000Z' }]);
    await soon(async () => {
      expect(await ada.chips.textContent()).toContain('We did not know.');
      expect(await ada.chips.textContent()).toContain('This mark was deleted');
    });
    await says(ada, /^Saved$/);
  });

  it('asked for before the note has come are put in when it has', async () => {
    const mark = markOf(place, 'Early');
    const ada = await open({ person: 0 });
    await ada.run('learn', [mark]);
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('First');
    await says(ada, /^Saved$/);
    server.refuseWith(1012);
    const ben = await open({ person: 1 });
    await ben.run('learn', [mark]);
    await ben.run('sendInsert', mark.id);
    await soon(async () => expect(server.opened()).toBeGreaterThan(2));
    expect(await textOf(ben)).toBe('');
    server.refuseWith(null);
    await soon(async () => expect(await textOf(ben)).toBe('First“Early” — R. Ito '));
  });

  it('asked for while the note is put away, or can’t be changed, are put in when it can be', async () => {
    const [away, refused] = [markOf(place, 'Away'), markOf(place, 'Refused')];
    const ada = await open({ person: 0 });
    await ada.run('learn', [away, refused]);
    await writable(ada);
    await ada.run('showEditor', false);
    await ada.run('sendInsert', away.id);
    await ada.run('showEditor', true);
    await soon(async () => expect(await textOf(ada)).toBe('“Away” — R. Ito '));
    await says(ada, /^Saved$/);

    await server.down();
    await says(ada, /^Offline$/);
    server.refuseWith(4403);
    await server.up();
    await says(ada, /no longer have access/);
    await ada.run('sendInsert', refused.id);
    await says(ada, 'put in as soon as it can be');
    expect(await ada.chips.count()).toBe(1);
    server.refuseWith(null);
    await ada.page.getByRole('button', { name: 'Try again' }).click();
    await soon(async () => expect(await ada.chips.count()).toBe(2));
    await says(ada, /^Saved$/);
    expect(await textOf(ada)).toContain('“Refused” — R. Ito');
  });

  it.each(['light', 'dark'])('can be read in every kind and state, %s', async (scheme) => {
    const kinds = ['quoting', 'highlighting', 'claiming', 'commenting', 'classifying'] as const;
    const marks = kinds.map((motivation) => markOf(place, 'Words of it', { motivation }));
    const gone = markOf(place, 'Gone', { deleted: '2026-01-02T00:00:00.000Z' });
    const ada = await open({ person: 0, dark: scheme === 'dark' });
    await ada.run('learn', [...marks, gone]);
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('> said ');
    for (const { id } of [...marks, gone]) await ada.run('sendInsert', id);
    await soon(async () => expect(await ada.chips.count()).toBe(6));
    await says(ada, /^Saved$/);
    const faults = async () => {
      const text = (await axe(ada.page)).include('.note-text').withRules('color-contrast');
      const { violations, passes } = await text.analyze();
      expect(passes).toHaveLength(1);
      return violations.flatMap(({ nodes }) => nodes.map((node) => node.failureSummary));
    };
    expect(await faults()).toEqual([]);
    // As strong as it gets, for longer than a flash lasts.
    await ada.page.locator('.quote-chip').evaluateAll((chips) => {
      for (const chip of chips) chip.classList.add('is-flashed', 'ProseMirror-selectednode');
    });
    await ada.chips.first().hover();
    expect(await faults()).toEqual([]);
  });

  it('of a mark on another source are asked for once, and say so when they can’t be had', async () => {
    const far = markOf(place, 'Elsewhere', { sourceId: place.noteId });
    const lost = markOf(place, 'Lost');
    server.annotations.set(far.id, far);
    const ada = await open({ person: 0 });
    await writable(ada);
    await ada.run('sendInsert', far.id);
    await ada.run('sendInsert', lost.id);
    await soon(async () => {
      expect(await ada.chips.nth(0).textContent()).toContain('Elsewhere');
      expect(await ada.chips.nth(1).textContent()).toBe('This mark is not available');
    });
  });

  it('lead to the passage by Enter and by click, and are led back to', async () => {
    const mark = markOf(place, 'Lead there');
    const ada = await open({ person: 0 });
    await ada.run('learn', [mark]);
    await ada.run('listenForFocus');
    await writable(ada);
    await ada.run('sendInsert', mark.id);
    await ada.chips.click();
    expect(await ada.run('focusedMarks')).toEqual([mark.id]);
    await ada.page.keyboard.press('Enter');
    expect(await ada.run('focusedMarks')).toEqual([mark.id, mark.id]);
    await ada.text.click();
    await ada.run('sendShow', place.noteId, mark.id);
    await soon(async () => expect(await ada.page.locator('.quote-chip.is-flashed').count()).toBe(1));
    expect(await ada.chips.evaluate((face) => document.activeElement === face)).toBe(true);
  });

  it('open the source’s own page where no reader listens', async () => {
    const mark = markOf(place, 'Far');
    const ada = await open({ person: 0, sourceId: null });
    await ada.run('learn', [mark]);
    await writable(ada);
    await ada.run('sendInsert', mark.id);
    await says(ada, /^Saved$/);
    await ada.chips.click();
    await ada.page.waitForURL(`**/projects/${place.projectId}/sources/${mark.sourceId}?mark=${mark.id}`);
  });

  it('are put in by dropping a highlight, and copied as words and speaker', async () => {
    const mark = markOf(place, 'Dropped');
    const ada = await open({ person: 0 });
    await ada.run('learn', [mark]);
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('Before after');
    const copied = await ada.text.evaluate((element, id) => {
      const box = (element.querySelector('p') as HTMLElement).getBoundingClientRect();
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('application/x-gloss-annotation', id);
      const place = { clientX: box.left + 1, clientY: box.top + box.height / 2, dataTransfer };
      element.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, ...place }));
      return null;
    }, mark.id);
    expect(copied).toBeNull();
    await soon(async () => expect(await textOf(ada)).toBe('“Dropped” — R. Ito Before after'));
    await ada.page.keyboard.press('Control+a');
    const text = await ada.text.evaluate((element) => {
      const clipboardData = new DataTransfer();
      element.dispatchEvent(new ClipboardEvent('copy', { bubbles: true, cancelable: true, clipboardData }));
      return { text: clipboardData.getData('text/plain'), html: clipboardData.getData('text/html') };
    });
    expect(text.text).toBe('“Dropped” — R. Ito Before after');
    expect(text.html).toContain('“Dropped” — R. Ito');
  });
});

describe('putting things in', () => {
  it('opens the / menu by typing, filters, and runs the chosen item by keyboard', async () => {
    const ada = await open({ person: 0 });
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('/');
    const options = ada.page.getByRole('option');
    await soon(async () => expect(await options.count()).toBe(13));
    await ada.page.keyboard.type('tab');
    await soon(async () => expect(await options.allTextContents()).toEqual(['Table3 × 3']));
    expect(await ada.text.getAttribute('aria-activedescendant')).toBe('note-slash-list-table');
    await ada.page.keyboard.press('Enter');
    await soon(async () => expect(await ada.text.locator('th').count()).toBe(3));
    expect(await textOf(ada)).toBe('');
    await ada.page.getByRole('button', { name: 'Add row below' }).click();
    await soon(async () => expect(await ada.text.locator('tr').count()).toBe(4));
    await ada.page.keyboard.type('/heading');
    await ada.page.keyboard.press('Escape');
    await soon(async () => expect(await options.count()).toBe(0));
    await says(ada, /^Saved$/);
  });

  it('does not open the / menu inside a word, nor for what others type', async () => {
    const [ada, ben] = await Promise.all([open({ person: 0 }), open({ person: 1 })]);
    await Promise.all([writable(ada), writable(ben)]);
    await ada.text.click();
    await ada.page.keyboard.type('and/');
    await reads(ben, 'and/');
    expect(await ada.page.getByRole('option').count()).toBe(0);
    await ada.page.keyboard.type(' /');
    await soon(async () => expect(await ada.page.getByRole('option').count()).toBe(13));
    await reads(ben, 'and/ /');
    expect(await ben.page.getByRole('option').count()).toBe(0);
  });

  it('quotes a mark chosen from a searchable list', async () => {
    const [one, two] = [markOf(place, 'Rivers rise'), markOf(place, 'Taxes fall')];
    const ada = await open({ person: 0 });
    await ada.run('learn', [one, two]);
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('He says /quote');
    await ada.page.keyboard.press('Enter');
    const search = ada.page.getByRole('combobox', { name: 'Find a mark to quote' });
    await search.waitFor();
    await ada.page.keyboard.type('taxes');
    await soon(async () => expect(await ada.page.getByRole('option').count()).toBe(1));
    await ada.page.keyboard.press('Enter');
    await soon(async () => expect(await textOf(ada)).toBe('He says “Taxes fall” — R. Ito '));
    await ada.page.keyboard.type('today');
    await soon(async () => expect(await textOf(ada)).toBe('He says “Taxes fall” — R. Ito today'));
  });

  it('holds nothing that axe finds fault with', async () => {
    const marks = [markOf(place, 'One'), markOf(place, 'Two', { motivation: 'claiming', quote: null })];
    const ada = await open({ person: 0 });
    await ada.run('learn', marks);
    await writable(ada);
    for (const { id } of marks) await ada.run('sendInsert', id);
    await ada.text.click();
    await ada.page.keyboard.press('Control+End');
    await ada.page.keyboard.type('\n[ ] task\n\n/');
    await ada.page.getByRole('option').first().waitFor();
    expect((await (await axe(ada.page)).include('.note').analyze()).violations).toEqual([]);
    await ada.page.keyboard.press('Enter');
    await soon(async () =>
      expect(await ada.page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('combobox'),
    );
    expect((await (await axe(ada.page)).include('.note').analyze()).violations).toEqual([]);
    await ada.page.keyboard.press('Escape');
    await soon(async () =>
      expect(await ada.text.evaluate((text) => document.activeElement === text)).toBe(true),
    );
  });

  it('understands Markdown, refuses a javascript link, and keeps a pasted image out with a word', async () => {
    const ada = await open({ person: 0 });
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('## Title\n- item\n\n[ ] task');
    await soon(async () => {
      expect(await ada.text.locator('h2').textContent()).toBe('Title');
      expect(await ada.text.locator('ul:not([data-type]) li').textContent()).toBe('item');
      expect(await ada.text.getByRole('checkbox').getAttribute('aria-label')).toBe('Done: task');
    });
    await ada.page.keyboard.press('Control+k');
    const address = ada.page.getByLabel('Address of the link');
    await address.fill('javascript:alert(1)');
    await address.press('Enter');
    await soon(async () => expect(await ada.page.getByRole('alert').textContent()).toContain('web or mail'));
    await address.press('Escape');
    await ada.text.evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(['x'], 'x.png', { type: 'image/png' }));
      element.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
    });
    await says(ada, 'Images are not kept');
    await ada.text.evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData(
        'text/html',
        '<p>words<img src="x" onerror="document.title=1"><a href="javascript:document.title=1">bad</a></p>',
      );
      clipboardData.setData('text/plain', 'words bad');
      element.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }));
    });
    await reads(ada, 'wordsbad');
    expect(await ada.text.locator('img:not(.ProseMirror-separator), a').count()).toBe(0);
    expect(await ada.page.title()).toBe('Note');
  });
});
