import { toast } from '../ui/toasts';

/** Puts text on the clipboard and says so, or what to do where the browser does not allow it. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ text: 'Copied' });
  } catch {
    toast({
      text: 'The browser did not let us copy. Select the words and copy them yourself.',
      tone: 'danger',
    });
  }
}
