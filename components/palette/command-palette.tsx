'use client';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  TextField,
} from 'react-aria-components';
import { isTyping, useActions, useProject } from '../live/project-context';
import { raiseFollowUp } from '../live/raise-follow-up';
import { IconButton } from '../ui/button';
import { OPTION_CLASS } from '../ui/menu';
import { switchTheme } from '../ui/theme-toggle';
import { toast } from '../ui/toasts';
import { type Command, type Deed, findCommands } from './commands';

/** What scrolls has to be reachable by keyboard, though the field moves through it. */
const REACHABLE = { tabIndex: 0 };

/** One field that leads anywhere in the project; Ctrl K opens it wherever nothing is being typed. */
export function CommandPalette() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (event.key.toLowerCase() !== 'k' || isTyping(event.target)) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <IconButton label="Go to or search" shortcut="Ctrl K" onPress={() => setOpen(true)}>
        <Search aria-hidden className="size-4" />
      </IconButton>
      <ModalOverlay
        isOpen={isOpen}
        onOpenChange={setOpen}
        isDismissable
        className="fixed inset-0 z-40 bg-black/35 p-4 pt-[12dvh]"
      >
        <Modal className="mx-auto w-full max-w-xl rounded-xl border border-line bg-raised shadow-float">
          <Dialog aria-label="Go to or search" className="outline-none">
            <Palette onDone={() => setOpen(false)} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}

function Palette({ onDone }: { onDone: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState('');
  const act = useDeeds();
  const state = useProject(
    ({ project, role, sources, notes, claims, followUps, codes, speakers, passes }) => ({
      project,
      role,
      sources,
      notes,
      claims,
      followUps,
      codes,
      speakers,
      passes,
    }),
  );
  const found = useMemo(() => findCommands(state, typed), [state, typed]);
  const groups = useMemo(() => {
    const all = new Map<string, Command[]>();
    for (const command of found) all.set(command.group, [...(all.get(command.group) ?? []), command]);
    return [...all];
  }, [found]);
  const words = typed.trim();
  const search = `/projects/${state.project.id}/search?q=${encodeURIComponent(words)}`;
  return (
    <Autocomplete inputValue={typed} onInputChange={setTyped}>
      <TextField aria-label="Where to, or what to look for" autoFocus className="border-b border-line">
        <Input
          placeholder="Where to, or what to look for"
          className="h-12 w-full bg-transparent px-4 text-[16px] outline-none placeholder:text-muted"
        />
      </TextField>
      <section aria-label="Places" {...REACHABLE} className="max-h-[50dvh] overflow-y-auto">
        <Menu
          aria-label="Places"
          className="p-1 outline-none"
          onAction={(key) => {
            const command = found.find(({ id }) => id === key);
            onDone();
            if (command?.does !== undefined) return act(command.does);
            router.push(key === 'search' ? search : (command?.href ?? ''));
          }}
        >
          {groups.map(([group, commands]) => (
            <MenuSection key={group}>
              <Header className="px-2.5 pt-2 pb-1 text-[12px] text-muted">{group}</Header>
              {commands.map((command) => (
                <MenuItem key={command.id} id={command.id} textValue={command.name} className={OPTION_CLASS}>
                  <span className="line-clamp-1">{command.name}</span>
                </MenuItem>
              ))}
            </MenuSection>
          ))}
          {words === '' ? null : (
            <MenuItem id="search" textValue={`Search for ${words}`} className={OPTION_CLASS}>
              Search everything for “{words}”
            </MenuItem>
          )}
        </Menu>
      </section>
    </Autocomplete>
  );
}

/** Does what a command does where it stands. */
function useDeeds(): (deed: Deed) => void {
  const router = useRouter();
  const projectId = useProject((state) => state.project.id);
  const { createNote, undo, redo } = useActions();
  const say = async (step: Promise<string | null>, did: string, nothing: string) => {
    const name = await step;
    toast({ text: name === null ? nothing : `${did}: ${name}` });
  };
  return (deed) => {
    switch (deed) {
      case 'follow-up':
        return raiseFollowUp(null);
      case 'note':
        return router.push(`/projects/${projectId}/notes/${createNote({ title: 'Untitled note' })}`);
      case 'undo':
        return void say(undo(), 'Undone', 'There is nothing of yours to take back on this page.');
      case 'redo':
        return void say(redo(), 'Done again', 'There is nothing to do again.');
      case 'theme':
        return switchTheme();
    }
  };
}
