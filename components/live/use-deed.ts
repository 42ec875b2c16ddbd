'use client';
import { useAction } from '../ui/use-action';
import { useActions } from './project-context';

/** As `useAction`, for what is done by calls of its own and can be taken back: keys pressed meanwhile mean this. */
export function useDeed<A extends unknown[]>(act: (...given: A) => Promise<void>) {
  const { acting } = useActions();
  return useAction((...given: A) => acting(() => act(...given)));
}
