import { z } from 'zod';
import { Motivation, Person } from '../annotations/annotation';
import { Id } from '../ids';
import { CREDIBILITIES, RELIABILITIES } from './admiralty';

/** The keys of the statuses every project begins with; a project may rename them and add others. */
export const CLAIM_STATUSES = [
  'unverified',
  'checking',
  'corroborated',
  'contradicted',
  'disputed',
  'unsupported',
  'retracted',
] as const;

/** What a passage does for a claim. `context`: it is needed to judge it, and speaks neither for nor against. */
export const STANCES = ['supports', 'disputes', 'context'] as const;
export const Stance = z.enum(STANCES);
export type Stance = z.infer<typeof Stance>;

export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export const Confidence = z.enum(CONFIDENCES);
export type Confidence = z.infer<typeof Confidence>;

/** Passages that one claim takes. */
export const MOST_EVIDENCE = 200;

const wording = z.string().trim().min(1, 'Say what is claimed').max(2_000);
const status = z.string().trim().min(1).max(60);
const tags = z.array(z.string().trim().min(1).max(40)).max(20);
const note = z.string().trim().max(2_000);
const reliability = z.enum(RELIABILITIES);
const credibility = z.union(CREDIBILITIES.map((digit) => z.literal(digit)));

/** A passage brought to a claim: for it, against it, or beside it, with its weight. One a claim and annotation. */
export const Evidence = z.object({
  id: Id,
  claimId: Id,
  annotationId: Id,
  sourceId: Id,
  /** Where the words come from by the chain of the quote; `null` where it names nothing. Events of older programs lack it. */
  origin: z.object({ key: z.string(), label: z.string() }).nullable().default(null),
  stance: Stance,
  /** The letter of the Admiralty code: how far the source is trusted. */
  reliability: reliability.nullable(),
  /** The digit of the Admiralty code: how far this piece of information is believed. */
  credibility: credibility.nullable(),
  note: z.string().nullable(),
  creator: Person,
  created: z.iso.datetime(),
  revision: z.int().min(1),
});
export type Evidence = z.infer<typeof Evidence>;

/** A statement somebody checks, with the passages that bear on it. */
export const Claim = z.object({
  id: Id,
  projectId: Id,
  wording: z.string(),
  /** The key of one of the project's statuses. */
  status: z.string(),
  confidence: Confidence.nullable(),
  /** Who sees to it. */
  owner: Person.nullable(),
  /** The day it should be done by. */
  due: z.iso.date().nullable(),
  tags: z.array(z.string()),
  creator: Person,
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  /** Counts the changes, those of its evidence too; the ETag. */
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
  /** Who checked it last, when, and which revision they read; a change of wording, status or evidence ends it. */
  signedOff: z.object({ by: Person, at: z.iso.datetime(), revision: z.int().min(1) }).nullable(),
  /** Set when a version of a source touched a passage it rests on, until somebody sets the status or says it is seen to. */
  reopened: z
    .object({
      at: z.iso.datetime(),
      because: z.literal('source-version'),
      sourceId: Id,
      version: z.int().min(1),
    })
    .nullable(),
  /** In the order it was brought. */
  evidence: z.array(Evidence),
});
export type Claim = z.infer<typeof Claim>;

/** What a `claim.updated` event tells of, beside how the claim is now. */
export const CLAIM_DEEDS = ['edited', 'evidence', 'signed-off', 'unsigned', 'reopened'] as const;
export const ClaimDeed = z.enum(CLAIM_DEEDS);
export type ClaimDeed = z.infer<typeof ClaimDeed>;

export const NewEvidence = z.object({
  id: Id.optional(),
  annotationId: Id,
  stance: Stance,
  reliability: reliability.nullish(),
  credibility: credibility.nullish(),
  note: note.nullish(),
});
export type NewEvidence = z.infer<typeof NewEvidence>;

export const EvidenceChange = z
  .object({
    stance: Stance,
    reliability: reliability.nullable(),
    credibility: credibility.nullable(),
    note: note.nullable(),
  })
  .partial();
export type EvidenceChange = z.infer<typeof EvidenceChange>;

export const NewClaim = z.object({
  id: Id.optional(),
  wording,
  /** The project's first status when left out. */
  status: status.optional(),
  confidence: Confidence.nullish(),
  /** The user id of a member. */
  owner: Id.nullish(),
  due: z.iso.date().nullish(),
  tags: tags.default([]),
  evidence: z.array(NewEvidence).max(MOST_EVIDENCE).default([]),
});
export type NewClaim = z.output<typeof NewClaim>;

export const ClaimChange = z
  .object({
    wording,
    status,
    confidence: Confidence.nullable(),
    /** The user id of a member. */
    owner: Id.nullable(),
    due: z.iso.date().nullable(),
    tags,
    /** What the version did is seen to, and the status stays as it is. */
    reopened: z.null(),
  })
  .partial();
export type ClaimChange = z.infer<typeof ClaimChange>;

/** A passage as a claim's page shows it, whether its source is open or not. */
export const EvidencePassage = z.object({
  annotationId: Id,
  sourceId: Id,
  sourceTitle: z.string(),
  /** The version of the source that the words are of. */
  version: z.int().min(1),
  exact: z.string(),
  prefix: z.string(),
  suffix: z.string(),
  speaker: z.string().nullable(),
  motivation: Motivation,
  /** What versions of the source, or somebody, did to the mark, in words; `null` where there is nothing to say. */
  changed: z.string().nullable(),
});
export type EvidencePassage = z.infer<typeof EvidencePassage>;
