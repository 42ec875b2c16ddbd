'use client';

import { type ReactNode, useState } from 'react';
import { makePasskey } from '@/components/auth/passkey';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { FormError } from '@/components/ui/form-error';
import { type Answer, call } from '@/components/ui/http';
import { Spinner } from '@/components/ui/progress';
import { Section } from '@/components/ui/section';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toasts';
import type { Factors } from '@/lib/factors/factor';
import { AddAuthenticator } from './add-authenticator';
import { deviceWords } from './device-words';
import { FactorWanted } from './factor-wanted';
import { NamePasskey } from './name-passkey';
import { useProved } from './prove';
import { RecoveryCodes } from './recovery-codes';
import { useFresh } from './use-fresh';

type Passkey = Factors['passkeys'][number];
type Asking =
  | { what: 'remove app' }
  | { what: 'remove passkey'; passkey: Passkey }
  | { what: 'rename passkey'; passkey: Passkey }
  | { what: 'new codes' };

/** What one signs in with beside a password: what there is, what it is for, and how it is changed. `wanted` is the project that led here. */
export function SecondFactor({ wanted }: { wanted: { id: string; name: string } | null }) {
  const { data, error, reload } = useFresh((signal) => call('factor.list', { signal }));
  const proved = useProved(data);
  const [begun, setBegun] = useState<Answer<'authenticator.begin'> | null>(null);
  const [naming, setNaming] = useState<string | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);

  const changed = (made: string[] | null, words: string) => {
    setBegun(null);
    setNaming(null);
    setCodes(made);
    toast({ text: `${words} You are signed out everywhere else.${made === null ? '' : ENDED_TOKENS}` });
    reload();
  };
  const beginApp = () => proved.run(async () => setBegun(await call('authenticator.begin')));
  const newCodes = async () => {
    setCodes((await call('recovery-codes.renew')).recoveryCodes);
    reload();
  };
  // Asked for before the name is: a proof comes first, and only then the browser's own window.
  const beginPasskey = () =>
    proved.run(async () => {
      await call('passkey.begin');
      setNaming(deviceWords(navigator.userAgent));
    });
  const addPasskey = async (name: string) => {
    const credential = await makePasskey(await call('passkey.begin'));
    const made = await call('passkey.add', { body: { name, credential } });
    changed(made.recoveryCodes, `The passkey “${name}” is ready.`);
  };
  const act = async ({ what, ...of }: Asking) => {
    if (what === 'remove app') await call('authenticator.remove');
    if (what === 'new codes') await newCodes();
    if (what === 'remove passkey' && 'passkey' in of)
      await call('passkey.remove', { body: { id: of.passkey.id } });
    reload();
  };

  const hasOne = data !== null && (data.authenticator !== null || data.passkeys.length > 0);
  return (
    <Section
      title="Second factor"
      about={`A password can be read over a shoulder or leak elsewhere. With a second factor it opens nothing by itself: signing in also asks for a code of your phone, or for a passkey.${data === null || hasOne ? '' : ' API tokens that you have now end with the first one.'}`}
    >
      <FormError>{proved.error ?? error}</FormError>
      {proved.dialog}
      {wanted && data ? <FactorWanted project={wanted} hasOne={hasOne} /> : null}
      {data ? (
        <ul className="border-t border-line">
          <Row
            title="Authenticator app"
            about={
              data.authenticator ? (
                <>
                  in use since <Time at={data.authenticator.created} />
                  <LastUsed at={data.authenticator.lastUsed} />
                </>
              ) : (
                'An app on your phone shows a new six-digit code each half minute. It needs no network.'
              )
            }
          >
            <Button size="small" isDisabled={proved.busy} onPress={beginApp}>
              {data.authenticator ? 'Replace' : 'Add an app'}
            </Button>
            {data.authenticator ? (
              <Button size="small" look="danger" onPress={() => setAsking({ what: 'remove app' })}>
                Remove
              </Button>
            ) : null}
          </Row>
          {data.passkeys.map((passkey) => (
            <Row
              key={passkey.id}
              title={passkey.name}
              about={
                <>
                  passkey{passkey.synced ? ', on more devices than one' : ''} · added{' '}
                  <Time at={passkey.created} />
                  <LastUsed at={passkey.lastUsed} />
                </>
              }
            >
              <Button
                size="small"
                aria-label={`Rename ${passkey.name}`}
                onPress={() => setAsking({ what: 'rename passkey', passkey })}
              >
                Rename
              </Button>
              <Button
                size="small"
                look="danger"
                aria-label={`Remove ${passkey.name}`}
                onPress={() => setAsking({ what: 'remove passkey', passkey })}
              >
                Remove
              </Button>
            </Row>
          ))}
          <Row
            title={data.passkeys.length > 0 ? 'Another passkey' : 'Passkey'}
            about={
              data.passkeysWork
                ? 'Your device, or a key on your ring, signs you in after a look at your finger, face or PIN: without a password, and on no page but this one.'
                : 'This instance is reached by a number, and passkeys are bound to a name. Ask whoever runs it to give it one.'
            }
          >
            <Button size="small" isDisabled={proved.busy || !data.passkeysWork} onPress={beginPasskey}>
              Add a passkey
            </Button>
          </Row>
          {data.authenticator || data.passkeys.length > 0 ? (
            <Row
              title="Recovery codes"
              about={`${data.recoveryCodesLeft} of ten are left. Each lets you in once when a device is lost.`}
            >
              <Button size="small" onPress={() => setAsking({ what: 'new codes' })}>
                Make new ones
              </Button>
            </Row>
          ) : null}
        </ul>
      ) : error ? (
        <Button className="self-start" onPress={reload}>
          Try again
        </Button>
      ) : (
        <Spinner label="Reading how you sign in" />
      )}
      <AddAuthenticator
        begun={begun}
        onClose={() => setBegun(null)}
        onAdded={(made) => changed(made, 'The authenticator app is in use.')}
      />
      <NamePasskey
        title="Add a passkey"
        submit="Go on"
        name={naming}
        onClose={() => setNaming(null)}
        onNamed={addPasskey}
      />
      <NamePasskey
        title="Rename the passkey"
        submit="Rename"
        name={asking?.what === 'rename passkey' ? asking.passkey.name : null}
        onClose={() => setAsking(null)}
        onNamed={async (name) => {
          if (asking?.what === 'rename passkey')
            await call('passkey.rename', { body: { id: asking.passkey.id, name } });
          setAsking(null);
          reload();
        }}
      />
      <ConfirmDialog
        title={QUESTIONS[asking?.what ?? 'new codes'].title}
        confirm={QUESTIONS[asking?.what ?? 'new codes'].confirm}
        isOpen={asking !== null && asking.what !== 'rename passkey'}
        onClose={() => setAsking(null)}
        onConfirm={() => {
          const asked = asking;
          setAsking(null);
          if (asked) void proved.run(() => act(asked));
        }}
      >
        {QUESTIONS[asking?.what ?? 'new codes'].words}
      </ConfirmDialog>
      {codes ? <RecoveryCodes codes={codes} onKept={() => setCodes(null)} /> : null}
    </Section>
  );
}

const ENDED_TOKENS = ' API tokens from before are ended.';
const ENDS = 'You are signed out everywhere else, and told by mail.';
const QUESTIONS: Record<Asking['what'], { title: string; confirm: string; words: string }> = {
  'remove app': {
    title: 'Remove the authenticator app?',
    confirm: 'Remove it',
    words: `Its codes work no more. Without another factor your password alone lets you in again. ${ENDS}`,
  },
  'remove passkey': {
    title: 'Remove the passkey?',
    confirm: 'Remove it',
    words: `It signs nobody in any more; remove it on the device, too. ${ENDS}`,
  },
  'rename passkey': { title: 'Rename the passkey', confirm: 'Rename', words: '' },
  'new codes': {
    title: 'Make new recovery codes?',
    confirm: 'Make ten new ones',
    words: `The old ones work no more. ${ENDS}`,
  },
};

function LastUsed({ at }: { at: string | null }) {
  return at ? (
    <>
      {' '}
      · last used <Time at={at} />
    </>
  ) : null;
}

function Row({ title, about, children }: { title: string; about: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line py-2.5">
      <span className="min-w-0 grow basis-64 break-words">
        {title}
        <span className="block text-[13px] text-muted">{about}</span>
      </span>
      <span className="flex gap-2">{children}</span>
    </li>
  );
}
