'use client';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import type { Decision, QueuedDisagreement } from '@/lib/adjudication/decision';
import { useActions, useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { FormError } from '../ui/form-error';
import { call } from '../ui/http';
import { TextArea } from '../ui/text-field';
import { Time } from '../ui/time';
import { useAction } from '../ui/use-action';
import { DECIDED } from './adjudication-words';
import { useCodeName, useCoderName } from './codings';
import { wordsOf } from './queue-list';

/** One decision: what each coder made of the passage, what holds, why, and what is said against it. */
export function DecisionItem({
  decision,
  disagreement,
  isMine,
  isPointed,
  mayDecide,
}: {
  decision: Decision;
  /** `undefined` where the coders changed their marks since. */
  disagreement: QueuedDisagreement | undefined;
  isMine: boolean;
  isPointed: boolean;
  mayDecide: boolean;
}) {
  const nameOf = useCoderName(decision.passId);
  const codeOf = useCodeName();
  const { sources, root } = useProject((state) => ({
    sources: state.sources,
    root: `/projects/${state.project.id}`,
  }));
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isPointed) item.current?.scrollIntoView({ block: 'center' });
  }, [isPointed]);
  const words = decision.gold[0]?.exact || (disagreement === undefined ? '' : wordsOf(disagreement));
  return (
    <li
      ref={item}
      className={`flex flex-col gap-2 border-b border-line py-4 ${isPointed ? 'bg-accent-wash/40 px-3' : ''}`}
    >
      {words === '' ? null : (
        <blockquote className="font-serif text-[17px] leading-snug [overflow-wrap:anywhere]">
          “{words}”
        </blockquote>
      )}
      <p className="text-[14px]">
        <span className="font-medium">{decision.by.name}</span> {DECIDED[decision.outcome]}
        {decision.gold[0] ? (
          <>
            {' '}
            as <span className="font-medium">{codeOf(decision.gold[0].codeId)}</span>
          </>
        ) : null}
        {'. '}
        <span className="text-muted">
          {decision.codings.map(({ coderId, codeId }) => `${nameOf(coderId)}: ${codeOf(codeId)}`).join(' · ')}
        </span>
      </p>
      {decision.why === '' ? null : (
        <p className="text-[14px] [overflow-wrap:anywhere]">Why: {decision.why}</p>
      )}
      <p className="flex flex-wrap gap-x-3 text-[13px] text-muted">
        <Link
          href={`${root}/sources/${decision.sourceId}?mark=${decision.codings[0]?.annotationId}`}
          className="rounded text-accent underline underline-offset-2"
        >
          {sources.get(decision.sourceId)?.title ?? 'The source'}
        </Link>
        <Time at={decision.created} />
        {disagreement === undefined ? (
          <span>The coders changed their marks since: it is not gold.</span>
        ) : null}
      </p>
      <Objections decision={decision} isMine={isMine} mayDecide={mayDecide} />
    </li>
  );
}

function Objections({
  decision,
  isMine,
  mayDecide,
}: {
  decision: Decision;
  isMine: boolean;
  mayDecide: boolean;
}) {
  const { learn } = useActions();
  const params = { projectId: decision.projectId, passId: decision.passId, decisionId: decision.id };
  const [text, setText] = useState<string | null>(null);
  const object = useAction(async () => {
    learn({ decisions: [await call('objection.create', { params, body: { text: text ?? '' } })] });
    setText(null);
  });
  const settle = useAction(async (objectionId: string) => {
    learn({ decisions: [await call('objection.settle', { params: { ...params, objectionId } })] });
  });
  return (
    <>
      {decision.objections.map(({ id, by, text: said, settled }) => (
        <div
          key={id}
          className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-s-2 border-warning ps-3 text-[14px]"
        >
          <p className="min-w-0 [overflow-wrap:anywhere]">
            <span className="font-medium">{by.name}</span> objects: {said}
          </p>
          {settled !== null ? (
            <span className="text-[13px] text-muted">{settled.by.name} dealt with it</span>
          ) : mayDecide ? (
            <Button size="small" look="quiet" onPress={() => settle.run(id)}>
              Dealt with
            </Button>
          ) : null}
        </div>
      ))}
      <FormError>{object.error ?? settle.error}</FormError>
      {!isMine ? null : text === null ? (
        <div>
          <Button size="small" onPress={() => setText('')}>
            Object
          </Button>
        </div>
      ) : (
        <form
          className="flex flex-col items-start gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void object.run();
          }}
        >
          <TextArea label="What you object to" rows={2} value={text} onChange={setText} className="w-full" />
          <div className="flex gap-2">
            <Button type="submit" size="small" look="primary" isDisabled={text.trim() === ''}>
              Object
            </Button>
            <Button size="small" look="quiet" onPress={() => setText(null)}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </>
  );
}
