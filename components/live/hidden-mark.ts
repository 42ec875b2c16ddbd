import { isHiding } from '@/lib/passes/standing';
import { toast } from '../ui/toasts';
import type { ProjectState } from './project-state';

/** Whether a blind pass hides a mark from others, so that it can't be quoted for all to see. */
export function isHiddenMark(
  { annotations, passes }: Pick<ProjectState, 'annotations' | 'passes'>,
  id: string,
): boolean {
  const pass = passes.get(annotations.get(id)?.passId ?? '');
  return pass !== undefined && isHiding(pass);
}

/** Says why a hidden mark does not go into a note. */
export function sayHidden(): void {
  toast({ text: 'This mark is hidden in a blind pass. Put it in the note after the reveal.' });
}
