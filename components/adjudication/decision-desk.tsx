'use client';
import Link from 'next/link';
import { useRef } from 'react';
import { useProject } from '../live/project-context';
import { Because } from '../ui/because';
import { Button } from '../ui/button';
import { Kbd } from '../ui/kbd';
import { TextArea } from '../ui/text-field';
import { DECIDED, DIFFERS } from './adjudication-words';
import { Codings } from './codings';
import { ThirdEditor } from './third-editor';
import type { useDeciding } from './use-deciding';

/** One disagreement with what each coder made of it, and what can be decided about it. */
export function DecisionDesk({
  passId,
  deciding,
  mayDecide,
}: {
  passId: string;
  deciding: ReturnType<typeof useDeciding>;
  mayDecide: boolean;
}) {
  const { current, decision, why, setWhy, third, setThird, step, actions } = deciding;
  const { sources, projectId } = useProject((state) => ({
    sources: state.sources,
    projectId: state.project.id,
  }));
  const desk = useRef<HTMLElement>(null);
  if (current === undefined) return null;
  const href = `/projects/${projectId}/sources/${current.sourceId}?mark=${current.codings[0]?.annotationId}`;
  return (
    <section
      ref={desk}
      tabIndex={-1}
      aria-label="The disagreement"
      className="flex min-w-0 flex-col gap-4 outline-none"
    >
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-[14px] text-muted">
        <span className="font-medium text-ink">{DIFFERS[current.kind]}</span>
        <Link href={href} className="rounded text-accent underline underline-offset-2">
          {sources.get(current.sourceId)?.title ?? 'The source'}
        </Link>
        <span className="ms-auto flex gap-1">
          <Button size="small" look="quiet" onPress={() => step(-1)}>
            Previous <Kbd>k</Kbd>
          </Button>
          <Button size="small" look="quiet" onPress={() => step(1)}>
            Next <Kbd>j</Kbd>
          </Button>
        </span>
      </p>
      {decision === undefined ? null : (
        <div role="note" className="rounded-lg bg-accent-wash px-4 py-2.5 text-[14px]">
          <span className="font-medium">{decision.by.name}</span> {DECIDED[decision.outcome]}
          {decision.why === '' ? '.' : `: ${decision.why}`}
          {decision.objections.some(({ settled }) => settled === null) ? ' A coder objects.' : ''}
        </div>
      )}
      <Codings
        passId={passId}
        of={current}
        taken={decision?.gold ?? []}
        onAccept={mayDecide && third === null ? actions.accept : null}
      />
      {third === null ? null : (
        <ThirdEditor
          of={current}
          third={third}
          onThird={setThird}
          onSave={actions.saveThird}
          onCancel={() => setThird(null)}
        />
      )}
      {mayDecide && third === null ? (
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="sr-only">Decide</legend>
          <Button size="small" onPress={actions.merge}>
            Merge <Kbd>m</Kbd>
          </Button>
          <Button size="small" onPress={actions.third}>
            Write a third <Kbd>e</Kbd>
          </Button>
          <Button size="small" onPress={actions.discuss}>
            Discuss <Kbd>d</Kbd>
          </Button>
          <Button size="small" onPress={actions.codebook}>
            Codebook should change <Kbd>b</Kbd>
          </Button>
          <Button size="small" look="quiet" onPress={actions.undo}>
            Undo <Kbd>u</Kbd>
          </Button>
        </fieldset>
      ) : null}
      {mayDecide ? (
        <TextArea
          label="Why (the coders see it)"
          rows={2}
          value={why}
          onChange={setWhy}
          hint={
            decision === undefined
              ? 'If you want to give a reason: write it, press Ctrl Enter, then decide.'
              : 'Ctrl Enter keeps it.'
          }
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            actions.explain();
            desk.current?.focus();
          }}
        />
      ) : (
        <Because reason="Editors and owners of the project decide." />
      )}
    </section>
  );
}
