'use client';
import type { Editor } from '@tiptap/core';
import { ListChecks, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { BACKINGS, type Backing, CONCERNS } from '@/lib/coverage/judge';
import type { Note } from '@/lib/notes/note';
import { Button, IconButton } from '../../ui/button';
import { FormError } from '../../ui/form-error';
import type { ChipSource } from '../chip-source';
import './coverage.css';
import { CoverageLines } from './coverage-lines';
import { BACKING_WORDS, CONCERN_WORDS } from './coverage-words';
import { paintCoverage, startPainting } from './paint';
import { type Line, useCoverage } from './use-coverage';

export type CoverageBarProps = {
  editor: Editor;
  note: Note;
  chips: ChipSource;
  canSign: boolean;
  onClose: () => void;
};

/** On top of a note: how much of it is backed by what, with a way to each sentence, painted into the text below. */
export function CoverageBar({ editor, note, chips, canSign, onClose }: CoverageBarProps) {
  const coverage = useCoverage(editor, note, chips);
  const { lines, summary, error, isComing } = coverage;
  const [isReading, setIsReading] = useState(false);
  const [at, setAt] = useState(-1);
  useEffect(() => startPainting(editor), [editor]);
  useEffect(() => paintCoverage(editor, lines), [editor, lines]);
  const signed = lines.filter(({ signOff }) => signOff !== null).length;

  const goToNext = (isWanted: (line: Line) => boolean) => {
    const order = [...lines.keys()].map((step) => (at + 1 + step) % lines.length);
    const next = order.find((index) => isWanted(lines[index] as Line));
    if (next === undefined) return;
    setAt(next);
    showLine(editor, lines[next] as Line);
  };
  return (
    <section aria-label="What backs this note" className="coverage-bar">
      <div className="flex items-center justify-between gap-2">
        <p role="status" className="min-w-0 text-[13px] text-muted">
          {isComing
            ? 'Reading all claims…'
            : `${summary.sentences === 1 ? '1 sentence' : `${summary.sentences} sentences`}, ${signed} signed off`}
        </p>
        <div className="flex items-center gap-1">
          <Button size="small" onPress={() => setIsReading(true)} isDisabled={lines.length === 0}>
            <ListChecks aria-hidden className="size-4" /> Line by line
          </Button>
          <IconButton label="Hide what backs this note" onPress={onClose}>
            <X aria-hidden className="size-4" />
          </IconButton>
        </div>
      </div>
      <ul className="flex flex-wrap gap-x-1 gap-y-1">
        {BACKINGS.map((backing) => (
          <li key={backing}>
            <Count
              backing={backing}
              count={summary.backings[backing]}
              onGo={() => goToNext((line) => line.backing === backing)}
            />
          </li>
        ))}
      </ul>
      {CONCERNS.some((concern) => summary.concerns[concern] > 0) ? (
        <ul className="flex flex-col text-[13px]">
          {CONCERNS.filter((concern) => summary.concerns[concern] > 0).map((concern) => (
            <li key={concern}>
              <button
                type="button"
                className="min-h-6 rounded px-1 text-start text-warning hover:bg-hover"
                onClick={() => goToNext((line) => line.concerns.includes(concern))}
              >
                {CONCERN_WORDS[concern]}
                {summary.concerns[concern] > 1 ? ` (${summary.concerns[concern]} sentences)` : ''}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <FormError>{error}</FormError>
      {isReading ? (
        <CoverageLines
          note={note}
          lines={lines}
          chips={chips}
          canSign={canSign}
          onShow={(line) => {
            setIsReading(false);
            showLine(editor, line);
          }}
          onClose={() => setIsReading(false)}
        />
      ) : null}
    </section>
  );
}

function Count({ backing, count, onGo }: { backing: Backing; count: number; onGo: () => void }) {
  const { name, means } = BACKING_WORDS[backing];
  return (
    <button
      type="button"
      title={means}
      disabled={count === 0}
      onClick={onGo}
      className="flex min-h-6 items-baseline gap-1 rounded px-1 text-[13px] enabled:hover:bg-hover disabled:text-muted"
    >
      <span className="backed" data-backing={backing}>
        {name}
      </span>
      <span className="tabular-nums">{count}</span>
    </button>
  );
}

/** Selects a sentence in the note and brings it into view. */
function showLine(editor: Editor, { statement: { from, to } }: Line): void {
  editor.chain().setTextSelection({ from, to }).focus(undefined, { scrollIntoView: false }).run();
  const { node } = editor.view.domAtPos(from + 1);
  const element = node instanceof Element ? node : node.parentElement;
  element?.scrollIntoView({ block: 'center' });
}
