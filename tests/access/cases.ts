import { database } from '@/db/client';
import { createEmailChange } from '@/db/mail-links';
import { selectMember } from '@/db/members';
import { appendUpdates } from '@/db/note-log';
import { insertNotices } from '@/db/notices';
import { removeProject, setArchived } from '@/db/projects';
import { insertDeliveries } from '@/db/webhook-deliveries';
import { insertWebhook } from '@/db/webhooks';
import { can } from '@/lib/access/can';
import { noteKeyOf } from '@/lib/access/note-key';
import type { Role } from '@/lib/access/roles';
import { NewSavedAnalysis } from '@/lib/analysis/analysis';
import { OPERATIONS, type OperationId } from '@/lib/api/operations';
import { NewFollowUp } from '@/lib/follow-ups/follow-up';
import { NewGuestLink } from '@/lib/guests/guest-link';
import { newId } from '@/lib/new-id';
import { buildNote } from '@/lib/notes/note-content';
import { NewPass } from '@/lib/passes/pass';
import { NewSpeaker } from '@/lib/speakers/speaker';
import { NewVariable } from '@/lib/variables/variable';
import { objectTo, undoDecision } from '@/server/adjudication/update-decision';
import { freezeAnalysis } from '@/server/analysis/freeze-analysis';
import { createSavedAnalysis, deleteSavedAnalysis } from '@/server/analysis/saved-analyses';
import { createAnnotation, deleteAnnotation } from '@/server/annotations';
import { createClaim } from '@/server/claims/create-claim';
import { signOffClaim } from '@/server/claims/sign-off';
import { deleteClaim } from '@/server/claims/update-claim';
import { createCode, deleteCode, updateCode } from '@/server/codebook';
import { mergeCodes } from '@/server/codebook/merge-codes';
import { splitCode } from '@/server/codebook/split-code';
import { createFollowUp } from '@/server/follow-ups/create-follow-up';
import { deleteFollowUp } from '@/server/follow-ups/update-follow-up';
import { createGuestLink } from '@/server/guests/links';
import { openGuestLink } from '@/server/guests/open';
import { addMember, createInvitation } from '@/server/members';
import { signStatement } from '@/server/note-sign-offs';
import { createVersion } from '@/server/note-versions/name-version';
import { createNote } from '@/server/notes';
import { createPass } from '@/server/passes/create-pass';
import { deletePass } from '@/server/passes/update-pass';
import { issueToken } from '@/server/people';
import { createSavedSearch } from '@/server/saved-searches';
import { freezeQuery } from '@/server/search/freeze';
import { hashToken, newToken } from '@/server/secret';
import { makeSignInLink } from '@/server/sign-in-links';
import { makeSourceVersion } from '@/server/sources/make-version';
import { protectPassage } from '@/server/sources/protect-passage';
import { protectSource } from '@/server/sources/protect-source';
import { addOrigin } from '@/server/sources/set-origin';
import { createSpeaker } from '@/server/speakers/create-speaker';
import { protectSpeaker } from '@/server/speakers/protect-speaker';
import { deleteSpeaker } from '@/server/speakers/update-speaker';
import { acceptTargets } from '@/server/targets/decide-many';
import { createThread } from '@/server/threads';
import { createComment, deleteComment } from '@/server/threads/comments';
import { createVariable, deleteVariable } from '@/server/variables';
import { setWatch } from '@/server/watch/set-watch';
import { newSecret, seal } from '@/server/webhooks/seal';
import {
  addPage,
  addPdf,
  addPerson,
  addProject,
  addSource,
  type Call,
  grantOf,
  openSession,
  type Person,
  TEXT,
} from '@/tests/support/instance';
import { mayMark, ofDecision, ofDispute } from './disputes';
import { FACTOR_CASES } from './factors';
import type { Place, World } from './world';

/** A request that is right in every way, so that only who asks decides. */
export type Case = {
  readonly operation: OperationId;
  /** Which of several ways to call it. */
  readonly about?: string;
  /** What it needs made first; the caller is the one who will ask. */
  given(world: World, place: Place, caller: Person): Promise<Call>;
  /** Which roles may; by the table's row for the operation unless said here. */
  readonly allows?: (role: Role) => boolean;
  /** Whether a call that is let in changes anything; as the method says unless said here. */
  readonly changes?: boolean;
  /** The status of a call that is let in; the contract's unless said here. */
  readonly status?: number;
  /** It changes who is in the project: give it one of its own. */
  readonly apart?: boolean;
};

const QUOTE = { type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' } as const;
export const MARK = {
  motivation: 'highlighting',
  selector: [QUOTE],
  codeIds: [] as string[],
} as const;

/** A W3C annotation of that passage. */
const webAnnotation = ({ projectId, sourceId }: Place): Call => ({
  params: { projectId },
  body: {
    '@context': 'http://www.w3.org/ns/anno.jsonld',
    type: 'Annotation',
    motivation: 'commenting',
    body: { type: 'TextualBody', value: 'Which draft?' },
    target: { source: `urn:uuid:${sourceId}`, selector: QUOTE },
  },
});

const owner = (place: Place) => grantOf(place.owner, place.projectId);
const nothing = async () => ({});
const inProject = async (_: World, { projectId }: Place) => ({ params: { projectId } });
/** A webhook that the caller made when they might. */
const ofWebhook =
  (body?: object) =>
  async (_: World, { projectId }: Place, caller: Person): Promise<Call> => {
    const given = { url: 'https://example.org/hook', events: ['*'], secret: seal(newSecret()), cursor: 0 };
    const webhookId = newId();
    await insertWebhook(database(), grantOf(caller, projectId), { id: webhookId, ...given });
    // Nothing is ever sent by it: no dispatcher runs here.
    return { params: { projectId, webhookId }, ...(body && { body }) };
  };
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
/** A link for guests to the place's source. */
async function guestLink(place: Place): Promise<{ id: string; token: string }> {
  const { sourceId } = place;
  const given = { kind: 'source', mode: 'comment', sourceId, expires: inDays(7) };
  const { id, url = '' } = await createGuestLink(owner(place), NewGuestLink.parse(given));
  return { id, token: url.split('#')[1] ?? '' };
}
const ofGuestLink = async (_: World, place: Place): Promise<Call> => ({
  params: { projectId: place.projectId, guestLinkId: (await guestLink(place)).id },
});
/** A call of somebody who opened that link. */
async function byGuest(place: Place, body: object): Promise<Call> {
  const { token } = await guestLink(place);
  const { key } = await openGuestLink({ token, key: null, ip: null }, null);
  return { headers: { cookie: `gloss-guest=${key}` }, body: { token, ...body } };
}
const withQuery =
  (query: Record<string, string>) =>
  async (_: World, { projectId }: Place) => ({
    params: { projectId },
    query,
  });
const analysis = (place: Place, person: Person) =>
  createSavedAnalysis(
    grantOf(person, place.projectId, 'annotator'),
    NewSavedAnalysis.parse({ name: 'Codes', query: { kind: 'frequencies' } }),
  );
const ofAnalysis =
  (whose: 'own' | 'another', body?: unknown) =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const { id } = await analysis(place, whose === 'own' ? caller : place.owner);
    return { params: { projectId: place.projectId, analysisId: id }, body };
  };
const ofVariable =
  (body?: () => unknown) =>
  async (_: World, place: Place, _caller: Person): Promise<Call> => {
    const { id } = await createVariable(
      grantOf(place.owner, place.projectId),
      NewVariable.parse({ of: 'source', name: `Party ${newId()}` }),
    );
    return { params: { projectId: place.projectId, variableId: id }, body: body?.() };
  };
const ofSource = async (_: World, { projectId, sourceId }: Place) => ({ params: { projectId, sourceId } });
const ofPdf = async (_: World, { projectId, owner }: Place) => ({
  params: { projectId, sourceId: (await addPdf(grantOf(owner, projectId))).id },
});

/** A source with a protected passage; whoever may do something about it is named. */
async function ofPassage(_: World, place: Place, { userId }: Person) {
  const { projectId } = place;
  const grant = grantOf(place.owner, projectId);
  const { id: sourceId } = await addSource(grant);
  const visibleTo = (await selectMember(database(), { projectId }, userId)) === null ? [] : [userId];
  const passageId = newId();
  await protectPassage(grant, sourceId, { id: passageId, version: 1, start: 0, end: 4, visibleTo });
  return { params: { projectId, sourceId, passageId } };
}

async function mark(place: Place, person: Person): Promise<string> {
  const grant = grantOf(person, place.projectId, 'annotator');
  const input = { ...MARK, selector: [QUOTE], codeIds: [], sourceId: place.sourceId };
  return (await createAnnotation(grant, input)).id;
}

async function speaker({ owner, projectId }: Place): Promise<string> {
  return (await createSpeaker(grantOf(owner, projectId), NewSpeaker.parse({ name: `Speaker ${newId()}` })))
    .id;
}

const ofSpeaker = (body?: unknown) => async (_: World, place: Place) => ({
  params: { projectId: place.projectId, speakerId: await speaker(place) },
  body,
});

/** A speaker who is protected by the caller, so that they are named in it, or by somebody who is in it alone. */
const ofProtected =
  (whose: 'own' | 'another') =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const speakerId = await speaker(place);
    const by = whose === 'own' ? caller : place.owner;
    await protectSpeaker(
      grantOf(by, place.projectId),
      speakerId,
      { pseudonym: `A clerk ${newId()}`, visibleTo: undefined },
      null,
    );
    return { params: { projectId: place.projectId, speakerId } };
  };

const ofAnnotation =
  (whose: 'own' | 'another', body?: unknown) =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const annotationId = await mark(place, whose === 'own' ? caller : place.owner);
    return { params: { projectId: place.projectId, annotationId }, body };
  };

async function deletedMark(place: Place, person: Person): Promise<Call> {
  const annotationId = await mark(place, person);
  await deleteAnnotation(grantOf(person, place.projectId, 'annotator'), annotationId, null);
  return { params: { projectId: place.projectId, annotationId } };
}

async function savedSearch(place: Place, person: Person): Promise<string> {
  const input = { name: 'Denials', q: 'denied', shared: true };
  return (await createSavedSearch(grantOf(person, place.projectId, 'annotator'), input)).id;
}

const ofSavedSearch =
  (whose: 'own' | 'another', body?: unknown) =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const savedSearchId = await savedSearch(place, whose === 'own' ? caller : place.owner);
    return { params: { projectId: place.projectId, savedSearchId }, body };
  };

/** A claim of this person that rests on one passage. */
async function claim(place: Place, person: Person): Promise<{ claimId: string; evidenceId: string }> {
  const annotationId = await mark(place, place.owner);
  const made = await createClaim(grantOf(person, place.projectId, 'annotator'), {
    wording: 'There is a draft report.',
    tags: [],
    evidence: [{ annotationId, stance: 'supports' }],
  });
  return { claimId: made.id, evidenceId: made.evidence[0]?.id ?? '' };
}

const ofClaim =
  (whose: 'own' | 'another', body?: unknown) =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const { claimId } = await claim(place, whose === 'own' ? caller : place.owner);
    return { params: { projectId: place.projectId, claimId }, body };
  };

/** A follow-up of this person that nobody owns. */
async function followUp(place: Place, person: Person): Promise<string> {
  const grant = grantOf(person, place.projectId, 'annotator');
  return (await createFollowUp(grant, NewFollowUp.parse({ wording: 'Ask the clerk.' }))).id;
}

const ofFollowUp =
  (whose: 'own' | 'another', body?: unknown) =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const followUpId = await followUp(place, whose === 'own' ? caller : place.owner);
    return { params: { projectId: place.projectId, followUpId }, body };
  };

/** A pass that the place's owner leads, in which this person codes its source. */
async function pass(place: Place, coder: Person, kind: 'open' | 'blind' = 'open') {
  const { sourceId } = place;
  const input = NewPass.parse({ name: 'Round 1', kind, sourceIds: [sourceId] });
  const coders = [{ id: undefined, userId: coder.userId, isExpert: false }];
  const member = await selectMember(database(), place, coder.userId);
  const mayMark = member !== null && can(member.role, 'annotation.create');
  return createPass(owner(place), mayMark ? { ...input, coders } : input);
}

const ofPass =
  (body?: (ids: { sourceId: string; coderId: string }) => unknown, kind: 'open' | 'blind' = 'open') =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const { id: passId, coders } = await pass(place, caller, kind);
    const coderId = coders[0]?.id ?? newId();
    return {
      params: { projectId: place.projectId, passId },
      body: body?.({ sourceId: place.sourceId, coderId }),
    };
  };

const ofDeletedFollowUp =
  (whose: 'own' | 'another') =>
  async (world: World, place: Place, caller: Person): Promise<Call> => {
    const given = await ofFollowUp(whose)(world, place, caller);
    const grant = grantOf(whose === 'own' ? caller : place.owner, place.projectId, 'annotator');
    await deleteFollowUp(grant, given.params?.followUpId ?? '', null);
    return given;
  };

const ofDeletedClaim =
  (whose: 'own' | 'another') =>
  async (world: World, place: Place, caller: Person): Promise<Call> => {
    const person = whose === 'own' ? caller : place.owner;
    const given = await ofClaim(whose)(world, place, caller);
    const grant = grantOf(person, place.projectId, 'annotator');
    await deleteClaim(grant, given.params?.claimId ?? '', null);
    return given;
  };

const ofEvidence =
  (whose: 'own' | 'another', body?: unknown) =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const made = await claim(place, whose === 'own' ? caller : place.owner);
    return { params: { projectId: place.projectId, ...made }, body };
  };

async function ofDerived(_: World, place: Place): Promise<Call> {
  const [{ id: sourceId }, { id: originId }] = [await addSource(owner(place)), await addSource(owner(place))];
  await addOrigin(owner(place), sourceId, originId);
  return { params: { projectId: place.projectId, sourceId, originId } };
}

async function code(place: Place): Promise<string> {
  return (await createCode(owner(place), { name: `Code ${newId()}`, definition: '' })).id;
}

const ofCode =
  (body: (place: Place) => Promise<unknown>) =>
  async (_: World, place: Place): Promise<Call> => ({
    params: { projectId: place.projectId, codeId: await code(place) },
    body: await body(place),
  });

async function ofRemovedCode(_: World, place: Place): Promise<Call> {
  const codeId = await code(place);
  await deleteCode(owner(place), codeId, null);
  return { params: { projectId: place.projectId, codeId } };
}

async function ofMergedCode(_: World, place: Place): Promise<Call> {
  const codeId = await code(place);
  await mergeCodes(owner(place), codeId, await code(place));
  return { params: { projectId: place.projectId, codeId } };
}

async function ofSplitCode(_: World, place: Place): Promise<Call> {
  const input = { name: `Part ${newId()}`, definition: '', annotationIds: [] };
  const { items } = await splitCode(owner(place), await code(place), input);
  return { params: { projectId: place.projectId, codeId: items[0]?.id ?? '' } };
}

/** A coding of this person whose code says something else now. */
async function ofOutdated(place: Place, person: Person): Promise<Call> {
  const codeId = await code(place);
  const grant = grantOf(person, place.projectId, 'annotator');
  const coding = { ...MARK, motivation: 'classifying', selector: [QUOTE], codeIds: [codeId] } as const;
  const { id } = await createAnnotation(grant, {
    ...coding,
    selector: [QUOTE],
    codeIds: [codeId],
    sourceId: place.sourceId,
  });
  await updateCode(owner(place), codeId, { definition: 'Something else.' }, null);
  return { params: { projectId: place.projectId, codeId }, body: { annotationIds: [id] } };
}

async function note(place: Place): Promise<string> {
  return (await createNote(owner(place), { title: 'Free' })).id;
}

/** A note, and a kept state of it. */
async function version(place: Place): Promise<{ noteId: string; versionId: string }> {
  const noteId = await note(place);
  return { noteId, versionId: (await createVersion(owner(place), noteId, { name: 'Draft' })).id };
}

/** As above, and written in since. */
async function olderVersion({ database }: World, place: Place): Promise<Record<string, string>> {
  const made = await version(place);
  const update = buildNote([{ type: 'paragraph', content: ['Later'] }]);
  const key = noteKeyOf(owner(place), made.noteId);
  await appendUpdates(database.db, [{ key, entries: [{ update, userId: place.owner.userId }] }], 'test');
  return { projectId: place.projectId, ...made };
}

async function thread(place: Place): Promise<string> {
  const annotationId = await mark(place, place.owner);
  return (await createThread(owner(place), { annotationId, text: 'Is that so?' })).id;
}

/** A comment of this person in a thread of somebody else. */
async function comment(place: Place, person: Person) {
  const threadId = await thread(place);
  const grant = grantOf(person, place.projectId, 'annotator');
  return { threadId, commentId: (await createComment(grant, threadId, { text: 'It is.' })).id };
}

const ofComment =
  (whose: 'own' | 'another', body?: unknown) =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const made = await comment(place, whose === 'own' ? caller : place.owner);
    return { params: { projectId: place.projectId, ...made }, body };
  };

const ofDeletedComment =
  (whose: 'own' | 'another') =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const person = whose === 'own' ? caller : place.owner;
    const made = await comment(place, person);
    await deleteComment(grantOf(person, place.projectId, 'annotator'), made.threadId, made.commentId);
    return { params: { projectId: place.projectId, ...made } };
  };

async function targetOf(place: Place, key: 'claimId' | 'codeId' | 'noteId' | 'sourceId'): Promise<string> {
  if (key === 'claimId') return (await claim(place, place.owner)).claimId;
  if (key === 'sourceId') return place.sourceId;
  return key === 'codeId' ? code(place) : note(place);
}

async function member(world: World, place: Place, role: Role = 'reader'): Promise<string> {
  const person = await addPerson(world.database, 'newcomer');
  await addMember(owner(place), { email: person.email, role });
  return person.userId;
}

/** A source of its own that is watched. */
async function ofWatched(_: World, place: Place): Promise<Call> {
  const { id } = await addPage(owner(place));
  await setWatch(owner(place), id, { every: 'day' }, null);
  return { params: { projectId: place.projectId, sourceId: id } };
}

/** The secret of an invitation link, to a project that nobody else here is in. */
async function invitation(world: World): Promise<string> {
  const host = await addPerson(world.database, 'host');
  const projectId = await addProject(world.database, host);
  const { url = '' } = await createInvitation(grantOf(host, projectId), {
    role: 'reader',
    days: 7,
    maxUses: 5,
  });
  return url.split('#')[1] ?? '';
}

/** A mark of this person on a source of its own, whose place in the newest version waits: changed, or gone. */
async function waiting(place: Place, person: Person, now: 'changed' | 'gone' = 'changed') {
  const { id: sourceId } = await addSource(owner(place));
  const grant = grantOf(person, place.projectId, 'annotator');
  const selector = [{ ...QUOTE, exact: 'The watchdog wrote a draft report.' }];
  const { id } = await createAnnotation(grant, { ...MARK, selector, codeIds: [], sourceId });
  const words = now === 'changed' ? 'The watchdog wrote two final reports.' : 'Nothing.';
  await makeSourceVersion(owner(place), sourceId, {
    text: TEXT.replace('The watchdog wrote a draft report.', words),
  });
  return { sourceId, annotationId: id, grant };
}

const ofWaiting =
  (whose: 'own' | 'another', body: unknown) =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const { annotationId } = await waiting(place, whose === 'own' ? caller : place.owner, 'gone');
    return { params: { projectId: place.projectId, annotationId }, body };
  };

const changeAny = (role: Role) => can(role, 'annotation.update-any');
const deleteAny = (role: Role) => can(role, 'annotation.delete-any');

/** Every operation of the contract, at least once. */
export const CASES: readonly Case[] = [
  { operation: 'health', given: nothing },
  { operation: 'ready', given: nothing },
  { operation: 'openapi', given: nothing },
  { operation: 'me', given: nothing },
  { operation: 'me.update', given: async () => ({ body: { name: `Name ${newId()}` } }) },
  { operation: 'session.list', given: nothing },
  {
    operation: 'session.end',
    given: async ({ database }, _, caller) => ({
      body: { id: (await openSession(database.db, caller.userId)).sessionId },
    }),
  },
  ...FACTOR_CASES,
  { operation: 'token.list', given: nothing },
  { operation: 'token.create', given: async () => ({ body: { name: 'Script', scopes: ['read'] } }) },
  {
    operation: 'token.revoke',
    given: async (_, __, caller) => ({
      body: { id: (await issueToken(caller.userId, { name: 'Old', scopes: ['read'] })).id },
    }),
  },
  { operation: 'notice.list', given: nothing },
  { operation: 'notice-settings.get', given: nothing },
  {
    operation: 'notice-settings.update',
    given: async () => ({ body: { mail: { reply: 'at-once' }, hour: Number(newId().charCodeAt(12)) % 24 } }),
  },
  {
    operation: 'notice.see',
    given: async ({ database }, place, caller) => {
      const about = {
        kind: 'source-changed',
        sourceId: (await addPage(owner(place))).id,
        version: 1,
      } as const;
      const notice = { id: newId(), userId: caller.userId, ...about };
      await database.db.transaction((tx) => insertNotices(tx, place, [notice]));
      return { body: { ids: [notice.id] } };
    },
  },
  // This instance sends no mail.
  {
    operation: 'sign-in.link',
    given: async () => ({ body: { email: 'a@example.org' } }),
    changes: false,
    status: 503,
  },
  {
    operation: 'sign-in.look',
    given: async (_, __, caller) => ({
      body: { token: (await makeSignInLink(caller.userId, 15)).split('#')[1] ?? '' },
    }),
    changes: false,
  },
  {
    operation: 'email.confirm',
    given: async ({ database }, _, caller) => {
      const token = newToken();
      await createEmailChange(database.db, {
        tokenHash: hashToken(token),
        userId: caller.userId,
        email: `${newId()}@example.org`,
        minutes: 5,
      });
      return { body: { token } };
    },
  },
  { operation: 'team.create', given: async () => ({ body: { name: 'Team' } }) },
  { operation: 'team.list', given: nothing },
  { operation: 'project.create', given: async () => ({ body: { name: 'Project' } }) },
  { operation: 'project.list', given: nothing },
  { operation: 'project.get', given: inProject },
  {
    operation: 'project.update',
    given: async (_, { projectId }) => ({ params: { projectId }, body: { name: `Name ${newId()}` } }),
  },
  { operation: 'project.delete', given: inProject, apart: true },
  { operation: 'project.list-deleted', given: nothing },
  {
    operation: 'project.restore',
    given: async ({ database: given }, _, caller) => {
      const deletedProjectId = await addProject(given, caller);
      await removeProject(database(), grantOf(caller, deletedProjectId));
      return { params: { deletedProjectId } };
    },
  },
  { operation: 'project.archive', given: inProject, apart: true },
  {
    operation: 'project.unarchive',
    given: async (world, place) => {
      // A place that others use stays as it is.
      if (!Object.values(world.places).includes(place)) await setArchived(database(), owner(place), true);
      return { params: { projectId: place.projectId } };
    },
    apart: true,
  },
  { operation: 'member.list', given: inProject },
  {
    operation: 'member.add',
    given: async ({ database }, { projectId }) => ({
      params: { projectId },
      body: { email: (await addPerson(database, 'guest')).email, role: 'reader' },
    }),
  },
  {
    operation: 'member.update',
    given: async (world, place) => ({
      params: { projectId: place.projectId },
      body: { userId: await member(world, place), role: 'annotator' },
    }),
  },
  {
    operation: 'member.remove',
    about: 'another',
    allows: (role) => can(role, 'member.remove'),
    given: async (world, place) => ({
      params: { projectId: place.projectId },
      body: { userId: await member(world, place) },
    }),
  },
  {
    operation: 'member.remove',
    about: 'themselves',
    apart: true,
    given: async (world, place, caller) => {
      // The last owner may not leave.
      await member(world, place, 'owner');
      return { params: { projectId: place.projectId }, body: { userId: caller.userId } };
    },
  },
  { operation: 'invitation.list', given: inProject },
  {
    operation: 'invitation.create',
    given: async (_, { projectId }) => ({ params: { projectId }, body: { role: 'reader' } }),
  },
  {
    operation: 'invitation.revoke',
    given: async (_, place) => {
      const { id } = await createInvitation(owner(place), { role: 'reader', days: 7, maxUses: 5 });
      return { params: { projectId: place.projectId, invitationId: id } };
    },
  },
  {
    operation: 'invitation.look',
    given: async (world) => ({ body: { token: await invitation(world) } }),
    changes: false,
  },
  { operation: 'invitation.accept', given: async (world) => ({ body: { token: await invitation(world) } }) },
  {
    operation: 'account.create',
    given: async (world) => ({
      body: {
        invitation: await invitation(world),
        name: 'New',
        email: `${newId()}@example.org`,
        password: 'long enough 1',
      },
    }),
  },
  {
    operation: 'source.preview',
    given: async (_, { projectId }) => ({ params: { projectId }, body: { title: 'T', text: TEXT } }),
    changes: false,
  },
  {
    operation: 'source.create',
    given: async (_, { projectId }) => ({ params: { projectId }, body: { title: 'T', text: TEXT } }),
  },
  { operation: 'source.list', given: inProject },
  { operation: 'source.get', given: ofSource },
  { operation: 'source.text', given: ofSource },
  { operation: 'source.html', given: ofSource },
  { operation: 'source.file', given: ofPdf },
  { operation: 'source-protection.get', given: ofPdf },
  {
    operation: 'source-protection.set',
    given: async (_, place) => ({
      params: { projectId: place.projectId, sourceId: (await addSource(owner(place))).id },
      body: { file: true },
    }),
  },
  {
    operation: 'source-protection.end',
    given: async (_, place, { userId }) => {
      const { projectId } = place;
      const { id: sourceId } = await addSource(owner(place));
      // Whoever may end it is named in it.
      const visibleTo = (await selectMember(database(), { projectId }, userId)) === null ? [] : [userId];
      await protectSource(owner(place), sourceId, { embargoUntil: null, file: true, visibleTo });
      return { params: { projectId, sourceId } };
    },
  },
  {
    operation: 'protected-passage.create',
    given: async (_, place) => ({
      params: { projectId: place.projectId, sourceId: (await addSource(owner(place))).id },
      body: { version: 1, start: 0, end: 4 },
    }),
  },
  { operation: 'protected-passage.remove', given: ofPassage },
  {
    operation: 'protected-passage.place',
    given: async (world, place, person) => {
      const given = await ofPassage(world, place, person);
      return { ...given, params: { ...given.params, version: '1' }, body: { place: null } };
    },
  },
  { operation: 'source.places', given: ofPdf },
  {
    operation: 'source.update',
    given: async (_, { projectId, sourceId }) => ({
      params: { projectId, sourceId },
      body: { title: `Title ${newId()}` },
    }),
  },
  {
    operation: 'source.delete',
    given: async (_, place) => ({
      params: { projectId: place.projectId, sourceId: (await addSource(owner(place))).id },
    }),
  },
  {
    operation: 'source-version.create',
    given: async (_, place) => ({
      params: { projectId: place.projectId, sourceId: (await addSource(owner(place))).id },
      body: { text: `${TEXT} And more.` },
    }),
  },
  { operation: 'source-version.list', given: ofSource },
  { operation: 'source-watch.get', given: ofWatched },
  {
    operation: 'source-watch.set',
    about: 'anew',
    given: async (world, place) => ({ ...(await ofWatched(world, place)), body: { every: 'week' } }),
  },
  {
    operation: 'source-watch.set',
    given: async (_, place) => ({
      params: { projectId: place.projectId, sourceId: (await addPage(owner(place))).id },
      body: { every: 'day' },
    }),
  },
  { operation: 'source-watch.remove', given: ofWatched },
  {
    operation: 'source-origin.add',
    given: async (_, place) => ({
      params: {
        projectId: place.projectId,
        sourceId: (await addSource(owner(place))).id,
        originId: place.sourceId,
      },
    }),
  },
  { operation: 'source-origin.remove', given: ofDerived },
  { operation: 'target.list', given: ofSource },
  {
    operation: 'target.accept-all',
    given: async (_, place, caller) => {
      const { sourceId } = await waiting(place, caller);
      return { params: { projectId: place.projectId, sourceId }, body: { minScore: 0 } };
    },
  },
  {
    operation: 'target.reopen-all',
    given: async (_, place, caller) => {
      const { sourceId, annotationId, grant } = await waiting(place, caller);
      await acceptTargets(grant, sourceId, { minScore: 0 });
      return {
        params: { projectId: place.projectId, sourceId },
        body: { annotationIds: [annotationId] },
      };
    },
  },
  { operation: 'target.decide', about: 'their own', given: ofWaiting('own', { orphan: true }) },
  {
    operation: 'target.decide',
    about: "another's",
    given: ofWaiting('another', { orphan: true }),
    allows: (role) => can(role, 'target.decide-any'),
  },
  {
    operation: 'annotation.create',
    given: async (_, { projectId, sourceId }) => ({ params: { projectId }, body: { ...MARK, sourceId } }),
  },
  { operation: 'annotation.list', given: inProject },
  { operation: 'annotation.get', given: ofAnnotation('another') },
  {
    operation: 'annotation.update',
    about: 'their own',
    given: ofAnnotation('own', { motivation: 'claiming' }),
  },
  {
    operation: 'annotation.update',
    about: "another's",
    given: ofAnnotation('another', { motivation: 'claiming' }),
    // An owner's "another" here is their own; the table allows both.
    allows: changeAny,
  },
  { operation: 'annotation.delete', about: 'their own', given: ofAnnotation('own') },
  { operation: 'annotation.delete', about: "another's", given: ofAnnotation('another'), allows: deleteAny },
  {
    operation: 'annotation.restore',
    about: 'their own',
    given: (_, place, caller) => deletedMark(place, caller),
  },
  {
    operation: 'annotation.restore',
    about: "another's",
    given: (_, place) => deletedMark(place, place.owner),
    allows: deleteAny,
  },
  { operation: 'web-annotation.container', given: inProject },
  { operation: 'web-annotation.container', about: 'a page', given: withQuery({ iris: '1', page: '0' }) },
  { operation: 'web-annotation.container-options', given: inProject, changes: false },
  { operation: 'web-annotation.create', given: async (_, place) => webAnnotation(place) },
  { operation: 'web-annotation.get', given: ofAnnotation('another') },
  { operation: 'web-annotation.options', given: ofAnnotation('another'), changes: false },
  {
    operation: 'web-annotation.replace',
    about: 'their own',
    given: async (world, place, caller) => ({
      ...(await ofAnnotation('own')(world, place, caller)),
      body: webAnnotation(place).body,
    }),
  },
  {
    operation: 'web-annotation.replace',
    about: "another's",
    given: async (world, place, caller) => ({
      ...(await ofAnnotation('another')(world, place, caller)),
      body: webAnnotation(place).body,
    }),
    allows: changeAny,
  },
  { operation: 'web-annotation.delete', about: 'their own', given: ofAnnotation('own') },
  {
    operation: 'web-annotation.delete',
    about: "another's",
    given: ofAnnotation('another'),
    allows: deleteAny,
  },
  { operation: 'quote.list', given: inProject },
  { operation: 'quote.export', given: inProject },
  {
    operation: 'export.download',
    given: async (_, { projectId }) => ({ params: { projectId, format: 'gloss' } }),
  },
  {
    operation: 'export.losses',
    given: async (_, { projectId }) => ({ params: { projectId, format: 'gloss' } }),
  },
  {
    operation: 'export.download',
    about: 'one source',
    given: async (_, { projectId, sourceId }) => ({
      params: { projectId, format: 'docx-sources' },
      query: { source: sourceId },
    }),
  },
  {
    operation: 'import.create',
    given: async (_, { projectId }) => {
      const form = new FormData();
      const codebook = `<CodeBook><Codes><Code guid="${newId()}" name="Brought ${newId()}"/></Codes></CodeBook>`;
      form.set('file', new File([codebook], 'codes.qdc'));
      return { params: { projectId }, body: form };
    },
  },
  { operation: 'speaker.list', given: inProject },
  {
    operation: 'speaker.create',
    given: async (_, { projectId }) => ({ params: { projectId }, body: { name: `Speaker ${newId()}` } }),
  },
  { operation: 'speaker.get', given: ofSpeaker() },
  { operation: 'speaker.update', given: ofSpeaker({ role: 'auditor' }) },
  { operation: 'speaker.delete', given: ofSpeaker() },
  {
    operation: 'speaker.restore',
    given: async (_, place) => {
      const speakerId = await speaker(place);
      await deleteSpeaker(grantOf(place.owner, place.projectId), speakerId, null);
      return { params: { projectId: place.projectId, speakerId } };
    },
  },
  {
    operation: 'speaker.merge',
    given: async (_, place) => ({
      params: { projectId: place.projectId, speakerId: await speaker(place) },
      body: { into: await speaker(place) },
    }),
  },
  {
    operation: 'speaker.protect',
    given: async (_, place) => ({
      params: { projectId: place.projectId, speakerId: await speaker(place) },
      body: { pseudonym: `A clerk ${newId()}` },
    }),
  },
  { operation: 'speaker.unprotect', about: 'of one whom they know', given: ofProtected('own') },
  {
    operation: 'speaker.unprotect',
    about: 'of one whom only the owner knows',
    given: ofProtected('another'),
    allows: (role) => role === 'owner',
  },
  // Who is not named in it gets the same as for an identity that is not there: tests/server/protected-speakers.test.ts.
  { operation: 'speaker.identity', about: 'by who is named in it', given: ofProtected('own') },
  {
    operation: 'code.create',
    given: async (_, { projectId }) => ({ params: { projectId }, body: { name: `Code ${newId()}` } }),
  },
  { operation: 'code.list', given: inProject },
  {
    operation: 'code.update',
    given: async (_, place) => ({
      params: { projectId: place.projectId, codeId: await code(place) },
      body: { definition: 'Said by somebody who was there.' },
    }),
  },
  {
    operation: 'code.delete',
    given: async (_, place) => ({ params: { projectId: place.projectId, codeId: await code(place) } }),
  },
  {
    operation: 'code.move',
    given: ofCode(async (place) => ({ parentId: await code(place) })),
  },
  { operation: 'code.restore', about: 'removed', given: ofRemovedCode },
  { operation: 'code.restore', about: 'merged', given: ofMergedCode },
  { operation: 'code.merge', given: ofCode(async (place) => ({ into: await code(place) })) },
  {
    operation: 'code.split',
    given: ofCode(async () => ({ name: `Part ${newId()}`, annotationIds: [] })),
  },
  { operation: 'code.unsplit', given: ofSplitCode },
  {
    operation: 'code.import',
    given: async (_, { projectId }) => ({
      params: { projectId },
      body: { codes: [{ name: `Listed ${newId()}` }] },
    }),
  },
  { operation: 'code.counts', given: inProject },
  { operation: 'code.passages', given: ofCode(nothing) },
  { operation: 'code.versions', given: ofCode(nothing) },
  { operation: 'code.confirm', about: 'their own', given: (_, place, caller) => ofOutdated(place, caller) },
  {
    operation: 'code.confirm',
    about: "another's",
    given: (_, place) => ofOutdated(place, place.owner),
    allows: changeAny,
  },
  {
    operation: 'claim.create',
    given: async (_, place) => ({
      params: { projectId: place.projectId },
      body: {
        wording: 'There is a draft report.',
        evidence: [{ annotationId: await mark(place, place.owner), stance: 'disputes' }],
      },
    }),
  },
  { operation: 'claim.list', given: inProject },
  { operation: 'claim.get', given: ofClaim('another') },
  { operation: 'claim.update', about: 'their own', given: ofClaim('own', { status: 'checking' }) },
  {
    operation: 'claim.update',
    about: "another's",
    given: ofClaim('another', { status: 'checking' }),
    allows: (role) => can(role, 'claim.update-any'),
  },
  { operation: 'claim.delete', about: 'their own', given: ofClaim('own') },
  {
    operation: 'claim.delete',
    about: "another's",
    given: ofClaim('another'),
    allows: (role) => can(role, 'claim.delete-any'),
  },
  { operation: 'claim.restore', about: 'their own', given: ofDeletedClaim('own') },
  {
    operation: 'claim.restore',
    about: "another's",
    given: ofDeletedClaim('another'),
    allows: (role) => can(role, 'claim.delete-any'),
  },
  { operation: 'claim.sign-off', given: ofClaim('own') },
  {
    operation: 'claim.unsign',
    given: async (world, place, caller) => {
      const given = await ofClaim('own')(world, place, caller);
      await signOffClaim(owner(place), given.params?.claimId ?? '', null);
      return given;
    },
  },
  {
    operation: 'evidence.create',
    given: async (world, place, caller) => ({
      ...(await ofClaim('another')(world, place, caller)),
      body: { annotationId: await mark(place, place.owner), stance: 'context' },
    }),
  },
  { operation: 'evidence.update', about: 'their own', given: ofEvidence('own', { stance: 'disputes' }) },
  {
    operation: 'evidence.update',
    about: "another's",
    given: ofEvidence('another', { stance: 'disputes' }),
    allows: (role) => can(role, 'evidence.update-any'),
  },
  { operation: 'evidence.remove', about: 'their own', given: ofEvidence('own') },
  {
    operation: 'evidence.remove',
    about: "another's",
    given: ofEvidence('another'),
    allows: (role) => can(role, 'evidence.remove-any'),
  },
  { operation: 'claim-status.list', given: inProject },
  {
    operation: 'claim-status.set',
    apart: true,
    given: async (_, { projectId }) => ({
      params: { projectId },
      body: { statuses: [{ name: 'Open', colour: 'sky', isOpen: true }] },
    }),
  },
  {
    operation: 'follow-up.create',
    given: async (_, place) => ({
      params: { projectId: place.projectId },
      body: {
        wording: 'Who wrote it?',
        kind: 'question',
        raisedBy: { type: 'annotation', id: await mark(place, place.owner) },
      },
    }),
  },
  { operation: 'follow-up.list', given: inProject },
  { operation: 'follow-up.get', given: ofFollowUp('another') },
  { operation: 'follow-up.update', about: 'their own', given: ofFollowUp('own', { state: 'doing' }) },
  {
    operation: 'follow-up.update',
    about: "another's",
    given: ofFollowUp('another', { state: 'doing' }),
    allows: (role) => can(role, 'follow-up.update-any'),
  },
  { operation: 'follow-up.delete', about: 'their own', given: ofFollowUp('own') },
  {
    operation: 'follow-up.delete',
    about: "another's",
    given: ofFollowUp('another'),
    allows: (role) => can(role, 'follow-up.delete-any'),
  },
  { operation: 'follow-up.restore', about: 'their own', given: ofDeletedFollowUp('own') },
  {
    operation: 'follow-up.restore',
    about: "another's",
    given: ofDeletedFollowUp('another'),
    allows: (role) => can(role, 'follow-up.delete-any'),
  },
  { operation: 'adjudication.get', given: ofPass() },
  { operation: 'decision.make', given: ofDispute((key) => ({ key, outcome: 'merge' })) },
  { operation: 'decision.update', given: ofDecision({ why: 'The guideline says so.' }) },
  { operation: 'decision.undo', given: ofDecision() },
  {
    operation: 'decision.restore',
    given: ofDecision(undefined, async (place, { passId, decisionId }) => {
      await undoDecision(owner(place), passId, decisionId);
      return {};
    }),
  },
  { operation: 'objection.create', given: ofDecision({ text: 'It is no denial.' }) },
  {
    operation: 'objection.settle',
    given: ofDecision(undefined, async (place, { passId, decisionId }, caller) => {
      const id = newId();
      const by = (await mayMark(place, caller)) ? caller : place.owner;
      await objectTo(grantOf(by, place.projectId), passId, decisionId, { id, text: 'It is no denial.' });
      return { objectionId: id };
    }),
  },
  { operation: 'gold.get', given: ofPass() },
  {
    operation: 'pass.create',
    given: async (_, { projectId, sourceId }) => ({
      params: { projectId },
      body: { name: 'Round 1', kind: 'blind', sourceIds: [sourceId] },
    }),
  },
  { operation: 'pass.list', given: inProject },
  { operation: 'pass.get', given: ofPass() },
  { operation: 'pass.update', given: ofPass(() => ({ name: 'Round 2' })) },
  {
    operation: 'pass.update',
    about: 'a blind one',
    given: ofPass(() => ({ name: 'Round 2' }), 'blind'),
    allows: (role) => role === 'owner',
  },
  { operation: 'pass.delete', given: ofPass() },
  {
    operation: 'pass.restore',
    given: async (world, place, caller) => {
      const given = await ofPass()(world, place, caller);
      await deletePass(owner(place), given.params?.passId ?? '', null);
      return given;
    },
  },
  { operation: 'pass.assign', given: ofPass((ids) => ({ changes: [{ ...ids, assigned: true }] })) },
  { operation: 'pass.deal', given: ofPass(() => ({ perSource: 1 })) },
  { operation: 'pass.progress', given: ofPass(({ sourceId }) => ({ sourceId, state: 'working' })) },
  {
    operation: 'pass.reveal',
    given: ofPass(undefined, 'blind'),
    allows: (role) => role === 'owner',
  },
  { operation: 'agreement.get', given: ofPass() },
  { operation: 'agreement.inputs', given: ofPass() },
  { operation: 'agreement.passages', given: ofPass() },
  {
    operation: 'thread.create',
    given: async (_, place) => ({
      params: { projectId: place.projectId },
      body: { annotationId: await mark(place, place.owner), text: 'Why?' },
    }),
  },
  { operation: 'thread.list', given: inProject },
  {
    operation: 'thread.update',
    given: async (_, place) => ({
      params: { projectId: place.projectId, threadId: await thread(place) },
      body: { resolved: true },
    }),
  },
  {
    operation: 'comment.create',
    given: async (_, place) => ({
      params: { projectId: place.projectId, threadId: await thread(place) },
      body: { text: 'Because.' },
    }),
  },
  {
    operation: 'thread.get',
    given: async (_, place) => ({
      params: { projectId: place.projectId, threadId: await thread(place) },
    }),
  },
  ...(['claimId', 'codeId', 'noteId', 'sourceId'] as const).map(
    (key): Case => ({
      operation: 'thread.create',
      about: `of a ${key}`,
      given: async (_, place) => ({
        params: { projectId: place.projectId },
        body: { [key]: await targetOf(place, key), text: 'Why?' },
      }),
    }),
  ),
  { operation: 'comment.update', about: 'their own', given: ofComment('own', { text: 'Better.' }) },
  {
    operation: 'comment.update',
    about: "another's",
    given: ofComment('another', { text: 'Better.' }),
    allows: (role) => role === 'owner',
  },
  { operation: 'comment.delete', about: 'their own', given: ofComment('own') },
  {
    operation: 'comment.delete',
    about: "another's",
    given: ofComment('another'),
    allows: (role) => can(role, 'comment.delete-any'),
  },
  { operation: 'comment.restore', about: 'their own', given: ofDeletedComment('own') },
  {
    operation: 'comment.restore',
    about: "another's",
    given: ofDeletedComment('another'),
    allows: (role) => can(role, 'comment.delete-any'),
  },
  { operation: 'comment.react', given: ofComment('another', { sign: '👍', on: true }) },
  {
    operation: 'note.create',
    given: async (_, { projectId }) => ({ params: { projectId }, body: { title: 'Thoughts' } }),
  },
  { operation: 'note.list', given: inProject },
  {
    operation: 'note.get',
    given: async (_, place) => ({ params: { projectId: place.projectId, noteId: await note(place) } }),
  },
  {
    operation: 'note.update',
    given: async (_, place) => ({
      params: { projectId: place.projectId, noteId: await note(place) },
      body: { title: `Title ${newId()}` },
    }),
  },
  {
    operation: 'note.delete',
    given: async (_, place) => ({ params: { projectId: place.projectId, noteId: await note(place) } }),
  },
  {
    operation: 'note-version.list',
    given: async (_, place) => ({ params: { projectId: place.projectId, noteId: await note(place) } }),
  },
  {
    operation: 'note-version.create',
    given: async (_, place) => ({
      params: { projectId: place.projectId, noteId: await note(place) },
      body: { name: 'First draft' },
    }),
  },
  {
    operation: 'note-version.get',
    given: async (_, place) => ({ params: { projectId: place.projectId, ...(await version(place)) } }),
  },
  {
    operation: 'note-version.update',
    given: async (_, place) => ({
      params: { projectId: place.projectId, ...(await version(place)) },
      body: { name: `Draft ${newId()}` },
    }),
  },
  {
    operation: 'note-version.restore',
    given: async (world, place) => ({ params: await olderVersion(world, place) }),
  },
  {
    operation: 'note-sign-off.list',
    given: async (_, place) => ({ params: { projectId: place.projectId, noteId: await note(place) } }),
  },
  {
    operation: 'note-sign-off.create',
    given: async (_, place) => ({
      params: { projectId: place.projectId, noteId: await note(place) },
      body: { statement: 'The bridge was closed.' },
    }),
  },
  {
    operation: 'note-sign-off.remove',
    given: async (_, place) => {
      const noteId = await note(place);
      const { id } = await signStatement(owner(place), noteId, { statement: 'The bridge was closed.' });
      return { params: { projectId: place.projectId, noteId, signOffId: id } };
    },
  },
  {
    operation: 'frozen-query.create',
    given: async (_, place) => ({
      params: { projectId: place.projectId, noteId: await note(place) },
      body: { q: 'watchdog' },
    }),
  },
  {
    operation: 'frozen-query.get',
    given: async (_, place) => {
      const noteId = await note(place);
      const { id } = await freezeQuery(owner(place), noteId, { q: 'watchdog' });
      return { params: { projectId: place.projectId, noteId, frozenId: id } };
    },
  },
  {
    operation: 'search',
    given: async (_, { projectId }) => ({ params: { projectId }, query: { q: 'watchdog' } }),
  },
  {
    operation: 'saved-search.create',
    given: async (_, { projectId }) => ({ params: { projectId }, body: { name: 'Denials', q: 'denied' } }),
  },
  { operation: 'saved-search.list', given: inProject },
  { operation: 'saved-search.update', about: 'their own', given: ofSavedSearch('own', { name: 'Other' }) },
  {
    operation: 'saved-search.update',
    about: "another's",
    given: ofSavedSearch('another', { name: 'Other' }),
    allows: (role) => can(role, 'saved-search.update-any'),
  },
  { operation: 'saved-search.delete', about: 'their own', given: ofSavedSearch('own') },
  {
    operation: 'saved-search.delete',
    about: "another's",
    given: ofSavedSearch('another'),
    allows: (role) => can(role, 'saved-search.delete-any'),
  },
  { operation: 'analysis.get', given: withQuery({ kind: 'frequencies' }) },
  {
    operation: 'analysis.passages',
    given: async (_, place) => ({
      params: { projectId: place.projectId },
      query: { kind: 'frequencies', row: await code(place), column: '' },
    }),
  },
  { operation: 'saved-analysis.list', given: inProject },
  { operation: 'saved-analysis.get', given: ofAnalysis('another') },
  {
    operation: 'saved-analysis.create',
    given: async (_, { projectId }) => ({
      params: { projectId },
      body: { name: 'Codes', query: { kind: 'frequencies' } },
    }),
  },
  { operation: 'saved-analysis.update', about: 'their own', given: ofAnalysis('own', { name: 'Other' }) },
  {
    operation: 'saved-analysis.update',
    about: "another's",
    given: ofAnalysis('another', { name: 'Other' }),
    allows: (role) => can(role, 'analysis.update-any'),
  },
  { operation: 'saved-analysis.delete', about: 'their own', given: ofAnalysis('own') },
  {
    operation: 'saved-analysis.delete',
    about: "another's",
    given: ofAnalysis('another'),
    allows: (role) => can(role, 'analysis.delete-any'),
  },
  {
    operation: 'saved-analysis.restore',
    given: async (world, place, caller) => {
      const call = await ofAnalysis('own')(world, place, caller);
      const grant = grantOf(caller, place.projectId);
      await deleteSavedAnalysis(grant, call.params?.analysisId ?? '', null);
      return call;
    },
  },
  {
    operation: 'frozen-analysis.create',
    given: async (_, place) => {
      const { id: analysisId } = await analysis(place, place.owner);
      const noteId = (await createNote(owner(place), { title: 'Figures' })).id;
      return { params: { projectId: place.projectId, noteId }, body: { analysisId } };
    },
  },
  {
    operation: 'frozen-analysis.get',
    given: async (_, place) => {
      const { id: analysisId } = await analysis(place, place.owner);
      const noteId = (await createNote(owner(place), { title: 'Figures' })).id;
      const { id: frozenId } = await freezeAnalysis(owner(place), noteId, { analysisId });
      return { params: { projectId: place.projectId, noteId, frozenId } };
    },
  },
  { operation: 'guest-link.list', given: inProject },
  {
    operation: 'guest-link.create',
    given: async (_, { projectId, sourceId }) => ({
      params: { projectId },
      body: { kind: 'source', mode: 'comment', sourceId, expires: inDays(7) },
    }),
  },
  { operation: 'guest-link.get', given: ofGuestLink },
  { operation: 'guest-link.revoke', given: ofGuestLink },
  {
    operation: 'guest.open',
    given: async (_, place) => ({ body: { token: (await guestLink(place)).token } }),
  },
  { operation: 'guest.news', changes: false, given: async (_, place) => byGuest(place, {}) },
  {
    operation: 'guest.say',
    given: async (_, place) =>
      byGuest(place, { about: { type: 'source', id: place.sourceId }, text: 'That is well put.' }),
  },
  { operation: 'webhook.list', given: inProject },
  {
    operation: 'webhook.create',
    given: async (_, { projectId }) => ({
      params: { projectId },
      body: { url: 'https://example.org/hook', events: ['claim.*'] },
    }),
  },
  { operation: 'webhook.update', given: ofWebhook({ isEnabled: false }) },
  { operation: 'webhook.delete', given: ofWebhook() },
  { operation: 'webhook.renew', given: ofWebhook() },
  { operation: 'webhook.ping', given: ofWebhook() },
  { operation: 'webhook-delivery.list', given: ofWebhook() },
  {
    operation: 'webhook-delivery.replay',
    given: async (world, place, caller) => {
      const { params = {} } = await ofWebhook()(world, place, caller);
      const deliveryId = newId();
      const told = { id: deliveryId, webhookId: params.webhookId ?? '', eventId: null, type: 'ping' };
      await insertDeliveries(database(), place, [told]);
      return { params: { ...params, deliveryId } };
    },
  },
  { operation: 'variable.list', given: inProject },
  {
    operation: 'variable.create',
    given: async (_, { projectId }) => ({
      params: { projectId },
      body: { of: 'source', name: `Party ${newId()}` },
    }),
  },
  { operation: 'variable.update', given: ofVariable(() => ({ name: `Other ${newId()}` })) },
  { operation: 'variable.delete', given: ofVariable() },
  {
    operation: 'variable.restore',
    given: async (world, place, caller) => {
      const call = await ofVariable()(world, place, caller);
      await deleteVariable(owner(place), call.params?.variableId ?? '', null);
      return call;
    },
  },
  {
    operation: 'variable-value.list',
    given: async (_, { projectId, sourceId }) => ({ params: { projectId }, query: { subject: sourceId } }),
  },
  {
    operation: 'variable-value.set',
    given: async (world, place, caller) => {
      const { params } = await ofVariable()(world, place, caller);
      return { params: { ...params, subjectId: place.sourceId }, body: { value: 'Left' } };
    },
  },
  { operation: 'usage.list', given: inProject },
  { operation: 'contribution.list', given: inProject },
  { operation: 'audit.list', given: inProject },
  { operation: 'event.list', given: inProject },
  { operation: 'activity.list', given: inProject },
  { operation: 'activity.since', given: inProject },
];

/** Whether a role may make the call of a case in a project of theirs. */
export function allows(one: Case, role: Role): boolean {
  const { access } = OPERATIONS[one.operation];
  if (access === 'public' || access === 'signed-in') return true;
  return one.allows?.(role) ?? can(role, access);
}

/** One of each thing that an address or a body can name, in this place; by the name it has there. */
export async function oneOfEach(world: World, place: Place): Promise<Record<string, string>> {
  const { id } = await createInvitation(owner(place), { role: 'reader', days: 7, maxUses: 5 });
  const { noteId, versionId } = await version(place);
  return {
    sourceId: place.sourceId,
    annotationId: await mark(place, place.owner),
    codeId: await code(place),
    speakerId: await speaker(place),
    ...(await comment(place, place.owner)),
    ...(await claim(place, place.owner)),
    followUpId: await followUp(place, place.owner),
    passId: (await pass(place, place.owner)).id,
    originId: place.sourceId,
    noteId,
    versionId,
    invitationId: id,
    savedSearchId: await savedSearch(place, place.owner),
    analysisId: (await analysis(place, place.owner)).id,
    guestLinkId: (await guestLink(place)).id,
    webhookId: (await ofWebhook()(world, place, place.owner)).params?.webhookId ?? '',
    variableId: (await ofVariable()(world, place, place.owner)).params?.variableId ?? '',
    userId: await member(world, place),
  };
}
