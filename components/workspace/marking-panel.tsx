'use client';
import { useMemo } from 'react';
import { can } from '@/lib/access/can';
import type { Annotation } from '@/lib/annotations/annotation';
import { spanOf } from '@/lib/annotations/span';
import type { Code } from '@/lib/codebook/code';
import { CodePicker } from '../annotations/code-picker';
import { MarkForm } from '../annotations/mark-form';
import { SelectionBar } from '../annotations/selection-bar';
import { useProject } from '../live/project-context';
import { usePass } from '../passes/use-pass';
import type { Reader } from '../reader/article-view';
import { ProtectPassage } from '../sources/protect-passage';
import { anchorOf, Floating } from '../ui/floating';
import { useMedia } from '../ui/use-media';
import type { useMarking } from './use-marking';

/** What opens at the selected passage: the bar, and in its place a form or the codes. */
export function MarkingPanel({
  marking,
  reader,
  annotations,
  codeList,
  codeKeys,
  speakersOf,
}: {
  marking: ReturnType<typeof useMarking>;
  reader: Reader;
  annotations: readonly Annotation[];
  codeList: readonly Code[];
  codeKeys: ReadonlyMap<string, number>;
  speakersOf: (span: { start: number; end: number }) => string[];
}) {
  const { selected, panel } = marking;
  const { role, me } = useProject((state) => ({ role: state.role, me: state.me.id }));
  const { coding, passId } = usePass(marking.sourceId);
  const wanted = passId === null ? [] : (coding?.pass.codeIds ?? []);
  const isTouch = useMedia('(pointer: coarse)');
  const span = selected?.span;
  const passage = useMemo(() => {
    if (span === undefined) return () => null;
    return () => anchorOf(reader.map.domRangeOf(span).getClientRects());
  }, [reader, span]);
  const inView = useMemo(
    () => () => {
      const boxes = passage();
      const view = reader.scroller.getBoundingClientRect();
      return boxes === null || boxes.last.bottom < view.top || boxes.first.top > view.bottom ? null : boxes;
    },
    [passage, reader],
  );
  const speakers = useMemo(() => (span === undefined ? [] : speakersOf(span)), [span, speakersOf]);
  if (span === undefined) return null;
  if (panel === null)
    return (
      <SelectionBar
        anchor={inView}
        below={isTouch}
        focused={marking.barFocus}
        withNote={can(role, 'note.write')}
        withInVivo={can(role, 'code.create')}
        withProtect={can(role, 'source.protect')}
        onCommand={marking.command}
        onClose={marking.close}
      />
    );
  if (panel.type === 'protect')
    return (
      <ProtectPassage
        sourceId={marking.sourceId}
        version={marking.version}
        span={span}
        words={marking.passage}
        elsewhere={reader.map.text.split(marking.passage).length - 2}
        onClose={marking.close}
      />
    );
  if (panel.type === 'codes')
    return (
      <Floating label="Selected passage" anchor={passage} prefer="below">
        <CodePicker
          // A pass is about its own codes: others are not offered in it.
          codes={wanted.length === 0 ? codeList : codeList.filter(({ id }) => wanted.includes(id))}
          keys={codeKeys}
          chosen={chosenOn(annotations, span, me, passId)}
          canCreate={can(role, 'code.create') && wanted.length === 0}
          onPick={marking.code}
          onCreate={marking.createCode}
          onClose={marking.close}
        />
      </Floating>
    );
  return (
    <MarkForm
      key={`${span.start}-${span.end}-${panel.kind}`}
      kind={panel.kind}
      sourceId={marking.sourceId}
      span={span}
      passage={marking.passage}
      speakers={speakers}
      anchor={passage}
      onSave={(draft) => marking.save(panel.kind, draft)}
      onClose={marking.close}
    />
  );
}

function chosenOn(
  annotations: readonly Annotation[],
  span: { start: number; end: number },
  me: string,
  passId: string | null,
): string[] {
  return annotations
    .filter((annotation) => {
      const { start, end } = spanOf(annotation);
      return (
        annotation.motivation === 'classifying' &&
        annotation.creator.id === me &&
        annotation.passId === passId &&
        start === span.start &&
        end === span.end
      );
    })
    .flatMap(({ codeIds }) => codeIds);
}
