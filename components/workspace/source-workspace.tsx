'use client';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { can } from '@/lib/access/can';
import type { Annotation } from '@/lib/annotations/annotation';
import { spanOf } from '@/lib/annotations/span';
import type { SourceSnapshot } from '@/lib/live/snapshot';
import { toggled } from '../annotations/filter';
import { colourOf, KINDS } from '../annotations/kinds';
import { useProject } from '../live/project-context';
import { onSignal } from '../live/signals';
import type { Reader } from '../reader/article-view';
import { RangeHandles } from '../reader/range-handles';
import { Sheet } from '../ui/dialog';
import { useMedia } from '../ui/use-media';
import { useStored } from '../ui/use-stored';
import { VersionLine } from '../versions/version-line';
import { Columns, isWidths, WIDTHS } from './columns';
import { Filters } from './filters';
import { Hint } from './hint';
import { KeysDialog, ReadingKeys } from './keys-dialog';
import { MarkCard } from './mark-card';
import { NarrowPage, type OpenSheet } from './narrow-page';
import { Navigator } from './navigator';
import { OverlapList } from './overlap-list';
import { PassagePanels } from './passage-panels';
import { PlacingHead } from './placing-bar';
import { ReaderColumn } from './reader-column';
import { type SideTab, SideTabs } from './side-tabs';
import { AccessLost } from './state-line';
import { useAway } from './use-away';
import { focusCard, useCurrentMark } from './use-current-mark';
import { useFinding, useSpeakersOf } from './use-finding';
import { useMarking } from './use-marking';
import { useNoteLinks } from './use-note-links';
import { useOpenSource } from './use-open-source';
import { usePlacing } from './use-placing';
import { useRanging } from './use-ranging';
import { useReadingKeys } from './use-reading-keys';
import { useShownMarks } from './use-shown-marks';
import { usePainted, useSourceMarks } from './use-source-marks';
import { WorkspaceBar } from './workspace-bar';

/** The screen where people live: a source, its marks, and the note beside it. */
export function SourceWorkspace({ snapshot }: { snapshot: SourceSnapshot }) {
  const { note } = snapshot;
  const { project, role, isClosed, known } = useProject((state) => ({
    project: state.project,
    role: state.role,
    isClosed: state.connection === 'closed',
    known: state.sources.get(snapshot.source.id),
  }));
  // The text on this page is the snapshot's version, also when a newer one arrives meanwhile.
  const source = useMemo(
    () => ({ ...(known ?? snapshot.source), text: snapshot.source.text }),
    [known, snapshot],
  );
  const newest = known?.text.version ?? source.text.version;
  const isOld = newest > source.text.version;
  const canMark = can(role, 'annotation.create') && !isClosed && !isOld;

  useOpenSource(snapshot);

  const isNarrow = useMedia('(max-width: 899px)');
  const [widths, setWidths] = useStored('gloss.columns', WIDTHS, isWidths);
  const [sheet, setSheet] = useState<OpenSheet>(null);
  const [tab, setTab] = useState<SideTab>('note');
  const { filter, setFilter, colourBy, setColourBy } = useShownMarks();
  const [reader, setReader] = useState<Reader | null>(null);
  // Not known before the column is measured: what the address leads to opens no sheet until then.
  const [hasMargin, setHasMargin] = useState<boolean | null>(null);
  const [stack, setStack] = useState<{ ids: string[]; at: { x: number; y: number } } | null>(null);
  const [help, setHelp] = useState(false);
  const [spoken, setSpoken] = useState('');
  // The hint stays for this visit: taking it away would move what is being read.
  const [startedEmpty] = useState(snapshot.annotations.length === 0);
  const marks = useSourceMarks(source, filter, colourBy);
  const current = useCurrentMark(reader, marks.all);

  const showNote = useCallback(() => {
    setTab('note');
    if (isNarrow) setSheet('note');
    else setWidths({ ...widths, noteOpen: true });
  }, [isNarrow, widths, setWidths]);
  const { putInNote, showInNote } = useNoteLinks(project.id, note.id, showNote);
  const placing = usePlacing(project.id, source.id, reader);
  const marking = useMarking({
    reader,
    source,
    annotations: marks.all,
    canMark: canMark && placing.annotation === null,
    announce: setSpoken,
    onPutInNote: putInNote,
    onOpen: current.open,
  });
  const ranging = useRanging(reader, setSpoken);
  const { proposed, finding } = useFinding(reader, source, canMark, setSpoken);
  useReadingKeys({
    reader: ranging.ranging === null ? reader : null,
    marking,
    codes: marks.codes,
    codeKeys: marks.codeKeys,
    marks: marks.shown,
    currentId: current.currentId,
    isOpen: current.openId !== null,
    onGo: (annotation) => current.go(annotation, false),
    onOpen: (id) => {
      current.open(id);
      if (id !== null) focusCard(id);
    },
    onHelp: () => setHelp(true),
    announce: setSpoken,
  });
  useAway(source.text.version);
  // A chip in the note leads here: on a narrow page the note's sheet is in the way then.
  useEffect(() => onSignal('annotation.focus', () => setSheet(null)), []);

  const speakersOf = useSpeakersOf(reader);
  const card = (annotation: Annotation | undefined, isInSheet = false) =>
    annotation === undefined ? null : (
      <MarkCard
        annotation={annotation}
        codes={marks.codes}
        codeList={marks.codeList}
        colour={colourOf(annotation, colourBy, marks.codes)}
        threads={marks.discussions.get(annotation.id) ?? []}
        speakers={() => speakersOf(spanOf(annotation))}
        isOpen={annotation.id === current.openId}
        isInSheet={isInSheet}
        onOpen={(id) => {
          // The card that had the focus goes: the keys belong to the article again.
          if (id === null && document.activeElement?.closest('[data-annotation]'))
            reader?.root.focus({ preventScroll: true });
          current.open(id);
        }}
        onPutInNote={putInNote}
        onShowInNote={showInNote}
        onRange={(wanted) => {
          current.open(null);
          marking.close();
          ranging.begin(wanted);
        }}
        text={reader?.map.text ?? null}
        address={source.canonicalUrl ?? source.url}
      />
    );
  const show = useCallback(
    (annotation: Annotation) => {
      setSheet(null);
      current.go(annotation, true);
    },
    [current.go],
  );
  const closeStack = useCallback(() => setStack(null), []);

  const painted = usePainted(marks.painted, marking, ranging.ranging, proposed);
  const navigator = (
    <Navigator
      source={source}
      codes={marks.codeList}
      keys={marks.codeKeys}
      counts={marks.counts}
      filtered={filter.codeIds}
      armedId={marking.armedId}
      hasSelection={marking.selected !== null}
      canMark={canMark}
      canCreate={can(role, 'code.create') && !isClosed}
      onPick={(code) => {
        if (marking.selected !== null && canMark) marking.code(code);
        else setFilter({ ...filter, codeIds: toggled(filter.codeIds, code.id) });
      }}
      onArm={marking.arm}
      onCreate={marking.createCode}
    />
  );
  const side = (
    <SideTabs
      note={note}
      source={source}
      annotations={marks.all}
      selected={tab}
      onSelect={setTab}
      onShow={show}
      finding={finding}
    />
  );
  const filters = (
    <Filters
      isNarrow={isNarrow}
      marks={marks}
      filter={filter}
      onFilter={setFilter}
      colourBy={colourBy}
      onColourBy={setColourBy}
    />
  );
  const readerColumn = (
    <>
      {placing.annotation === null ? null : (
        <PlacingHead annotation={placing.annotation} onLeave={placing.leave} />
      )}
      {isNarrow ? null : <div className="shrink-0 border-b border-line px-3 py-1 sm:px-6">{filters}</div>}
      <ReaderColumn
        source={source}
        snapshot={snapshot}
        reader={reader}
        onReader={setReader}
        painted={painted}
        overlay={
          reader === null || ranging.ranging === null ? null : (
            <RangeHandles
              reader={reader}
              span={ranging.ranging.span}
              onSpan={ranging.move}
              onSave={ranging.save}
              onCancel={ranging.cancel}
            />
          )
        }
        shown={marks.shown}
        marking={marking}
        openId={current.openId}
        hasMargin={hasMargin === true}
        onMargin={setHasMargin}
        renderCard={(id) => card(marks.byId.get(id))}
        onHit={(ids, at) => {
          if (marking.panel !== null) marking.close();
          current.open(ids[0] ?? null);
          setStack(ids.length > 1 ? { ids, at } : null);
        }}
        hint={
          <>
            <ReadingKeys />
            <VersionLine source={source} newest={newest} />
            {isNarrow ? <div className="mb-6">{filters}</div> : null}
            <Hint canMark={canMark || isOld} isEmpty={startedEmpty && !isOld} isClosed={isClosed} />
          </>
        }
      />
    </>
  );
  const openCard = current.openId === null ? undefined : marks.byId.get(current.openId);
  return (
    <div className="flex h-full flex-col overflow-hidden">
      <WorkspaceBar widths={isNarrow ? null : widths} onWidths={setWidths} onHelp={() => setHelp(true)} />
      <AccessLost />
      {isNarrow ? (
        <NarrowPage
          sheet={sheet}
          onSheet={setSheet}
          navigator={navigator}
          reader={readerColumn}
          side={side}
        />
      ) : (
        <Columns
          widths={widths}
          onWidths={setWidths}
          navigator={navigator}
          reader={readerColumn}
          note={side}
        />
      )}
      {reader === null ? null : (
        <PassagePanels
          reader={reader}
          marking={marking}
          ranging={ranging}
          placing={placing}
          canMark={canMark}
          marks={marks}
          speakersOf={speakersOf}
        />
      )}
      {stack !== null ? (
        <OverlapList
          annotations={stack.ids.flatMap((id) => marks.byId.get(id) ?? [])}
          at={stack.at}
          colourOf={(annotation) => colourOf(annotation, colourBy, marks.codes)}
          onPick={(annotation) => {
            setStack(null);
            current.open(annotation.id);
          }}
          onClose={closeStack}
        />
      ) : null}
      <Sheet
        title={openCard === undefined ? 'Mark' : KINDS[openCard.motivation].name}
        isOpen={hasMargin === false && openCard !== undefined && stack === null}
        onClose={() => current.open(null)}
        side={isNarrow ? 'bottom' : 'right'}
      >
        {card(openCard, true)}
      </Sheet>
      <KeysDialog isOpen={help} onClose={() => setHelp(false)} />
      <p aria-live="polite" className="sr-only">
        {spoken}
      </p>
    </div>
  );
}
