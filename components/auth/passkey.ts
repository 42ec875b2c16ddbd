import { type Answer, CallError } from '@/components/ui/http';
import type { Assertion, NewCredential } from '@/lib/factors/factor';

// Loaded when somebody uses a passkey: most pages are opened by people who do not.
const library = () => import('@simplewebauthn/browser');

type Options = Answer<'proof.begin'>;

/** What the browser says when its owner closed the window, or waited; any other fault is a fault. */
function inWords(cause: unknown): never {
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError')
    throw new CallError('invalid', 'Nothing was done: the browser’s window was closed, or took too long.');
  if (name === 'InvalidStateError')
    throw new CallError('conflict', 'This device has a passkey for your account already.');
  if (name === 'SecurityError')
    throw new CallError('invalid', 'Passkeys need https, and the address this instance was set up for.');
  throw cause;
}

/** Lets the browser sign what the server asks. @throws CallError with words for the person. */
export async function signWithPasskey(ask: () => Promise<Options>): Promise<Assertion> {
  const { startAuthentication } = await library();
  const optionsJSON = (await ask()) as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'];
  return (await startAuthentication({ optionsJSON }).catch(inWords)) as Assertion;
}

/** Lets the browser make a passkey as the server asks. @throws CallError with words for the person. */
export async function makePasskey(options: Options): Promise<NewCredential> {
  const { startRegistration } = await library();
  const optionsJSON = options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'];
  return (await startRegistration({ optionsJSON }).catch(inWords)) as NewCredential;
}
