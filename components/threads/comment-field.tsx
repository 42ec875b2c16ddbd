'use client';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { mentionBefore, withMentions } from '@/lib/threads/mentions';
import { useProject } from '../live/project-context';
import { Avatar } from '../ui/avatar';
import { Button } from '../ui/button';
import { INPUT_CLASS } from '../ui/field';
import { draftOf, keepDraft } from './drafts';

/** People that are offered at once. */
const OFFERED = 6;

type Person = { readonly id: string; readonly name: string };

/** Where something is said; an `@` offers the members. What is typed is kept under `draftKey` until it is sent. */
export function CommentField({
  draftKey,
  label,
  send,
  start = '',
  autoFocus = false,
  onSend,
  onCancel,
}: {
  draftKey: string;
  label: string;
  /** What the button that sends it says. */
  send: string;
  /** What stands in it at first, unless a draft is kept. */
  start?: string;
  autoFocus?: boolean;
  onSend: (text: string) => void;
  onCancel?: () => void;
}) {
  const { members, me } = useProject((state) => ({ members: state.members, me: state.me.id }));
  const [text, setText] = useState(() => draftOf(draftKey) || start);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [isShut, setShut] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picked = useRef<Person[]>([]);
  const listId = useId();
  const people = useMemo(
    () => [...members.values()].map(({ userId, name }): Person => ({ id: userId, name })),
    [members],
  );
  const mention = isShut ? null : mentionBefore(text, caret);
  const offered = mention === null ? [] : fitting(people, mention.start, me);
  const at = Math.min(chosen, offered.length - 1);

  const change = (value: string, place: number) => {
    setText(value);
    setCaret(place);
    setChosen(0);
    setShut(false);
    keepDraft(draftKey, value === start ? '' : value);
  };
  const pick = (person: Person) => {
    if (mention === null) return;
    const before = `${text.slice(0, mention.from)}@${person.name} `;
    picked.current.push(person);
    change(before + text.slice(caret), before.length);
    setShut(true);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(before.length, before.length);
    });
  };
  const submit = () => {
    const words = withMentions(text.trim(), [...picked.current, ...people]);
    if (words === '') return;
    onSend(words);
    change('', 0);
    keepDraft(draftKey, '');
  };
  const keys = (event: KeyboardEvent) => {
    const { key } = event;
    if (key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    else if (offered.length > 0 && key === 'ArrowDown') setChosen((at + 1) % offered.length);
    else if (offered.length > 0 && key === 'ArrowUp') setChosen((at - 1 + offered.length) % offered.length);
    else if (offered.length > 0 && (key === 'Enter' || key === 'Tab')) pick(offered[at] as Person);
    else if (offered.length > 0 && key === 'Escape') setShut(true);
    else if (key === 'Escape' && onCancel !== undefined) onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      className="flex flex-col gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={(element) => {
          field.current = element;
          if (autoFocus && element !== null && !element.dataset.met) {
            element.dataset.met = 'true';
            element.focus();
            element.setSelectionRange(element.value.length, element.value.length);
          }
        }}
        aria-label={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={offered.length > 0 ? listId : undefined}
        aria-activedescendant={offered.length > 0 ? `${listId}-${offered[at]?.id}` : undefined}
        rows={text === '' && !autoFocus ? 1 : 3}
        placeholder={label}
        maxLength={20_000}
        value={text}
        className={`${INPUT_CLASS} resize-y py-2 leading-normal`}
        onChange={({ target }) => change(target.value, target.selectionStart)}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        onKeyDownCapture={keys}
      />
      {offered.length > 0 ? (
        <div
          id={listId}
          role="listbox"
          aria-label="Members"
          className="rounded-lg border border-line bg-raised p-1 shadow-float"
        >
          {offered.map((person, index) => (
            <div
              key={person.id}
              id={`${listId}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={`flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-[14px] ${index === at ? 'bg-hover' : ''}`}
              onPointerDown={(event) => {
                event.preventDefault();
                pick(person);
              }}
            >
              <Avatar userId={person.id} name={person.name} size={20} />
              {person.name}
            </div>
          ))}
        </div>
      ) : null}
      {text.trim() === '' && onCancel === undefined ? null : (
        <span className="flex justify-end gap-2">
          {onCancel === undefined ? null : (
            <Button size="small" look="quiet" onPress={onCancel}>
              Cancel
            </Button>
          )}
          <Button size="small" type="submit" isDisabled={text.trim() === ''}>
            {send}
          </Button>
        </span>
      )}
    </form>
  );
}

/** Whose name, or a word of it, begins so; those whose first name does stand first. */
function fitting(people: readonly Person[], start: string, me: string): Person[] {
  const wanted = start.toLowerCase();
  const rank = ({ name }: Person) => {
    const lower = name.toLowerCase();
    if (lower.startsWith(wanted)) return 0;
    return lower.split(/\s+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return people
    .filter((person) => person.id !== me && rank(person) < 2)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .slice(0, OFFERED);
}
