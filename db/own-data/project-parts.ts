import { type SQL, sql } from 'drizzle-orm';
import { openTo } from '../access';
import { redactedFrom } from '../access/kept';

/** Begins a query on what a person made: `left` are the projects they left, `changed` what others changed there. */
function apart(u: string, nouns: readonly string[]): SQL {
  return sql`with gone as materialized (
      select p.id from projects p where not exists (select from project_members m where m.project_id = p.id and m.user_id = ${u})
    ), changed as materialized (
      select distinct e.subject_id as id from events e where e.project_id in (select id from gone)
        and split_part(e.type, '.', 1) = any(${sql.param([...nouns])}::text[]) and e.type like '%.updated'
        and e.actor_id is distinct from ${u}::uuid)`;
}

/** A column with somebody's own words, unless the words that stand there are another's by now. */
const words = (of: string, column: string, as = column): SQL =>
  sql`case when ${sql.raw(of)}.id in (select id from changed) then null else ${sql.raw(of)}.${sql.raw(column)} end as ${sql.raw(`"${as}"`)}`;
const changed = (of: string): SQL => sql`${sql.raw(of)}.id in (select id from changed) as "changedByOthers"`;

/** What a person made in projects, part by part, with the project's name and the source's title beside it; without the words of sources that an embargo, or of passages that a protection, withholds. */
export function projectParts(u: string) {
  const open = openTo({ actor: { userId: u } }, sql`s.id`);
  const ofOpen = (words: SQL): SQL => sql`case when ${open} then ${words} end`;
  const title = ofOpen(sql`s.title`);
  // A mark on a protected passage has its place, and its words where they may be read.
  const readable = sql`(${open} and (not a.closed or a.source_id <> all(${redactedFrom({ userId: u })})))`;
  return {
    annotations: sql`${apart(u, ['annotation'])}
      select a.id, p.name as project, ${title} as source, a.motivation, a.start, a."end", case when ${readable} then a.exact end as quote, ${words('a', 'body')},
        ${changed('a')}, a.quote as "quoted", ps.name as pass, a.created, a.modified, a.deleted,
        array(select v.name from annotation_codes c join code_versions v on v.code_id = c.definition_code_id and v.version = c.definition_version
          where c.annotation_id = a.id order by v.name) as codes
      from annotations a join projects p on p.id = a.project_id join sources s on s.id = a.source_id left join passes ps on ps.id = a.pass_id
      where a.creator_id = ${u} order by a.id`,
    comments: sql`select c.id, c.thread_id as "threadId", p.name as project, ${title} as source, c.text, c.created, c.edited, c.deleted
      from comments c join projects p on p.id = c.project_id join threads t on t.id = c.thread_id left join sources s on s.id = t.source_id
      where c.creator_id = ${u} order by c.id`,
    reactions: sql`select r.comment_id as "commentId", p.name as project, r.sign, r.created
      from comment_reactions r join projects p on p.id = r.project_id where r.user_id = ${u} order by r.created, r.comment_id`,
    threads: sql`select t.id, p.name as project, ${title} as source, t.assignee_id is not distinct from ${u}::uuid as assigned,
        t.resolved_by is not distinct from ${u}::uuid as "resolvedByYou", t.created
      from threads t join projects p on p.id = t.project_id left join sources s on s.id = t.source_id
      where t.assignee_id = ${u} or t.resolved_by = ${u} order by t.id`,
    claims: sql`${apart(u, ['claim'])}
      select c.id, p.name as project, case when c.creator_id = ${u} and c.id not in (select id from changed) then c.wording end as wording,
        ${changed('c')}, c.status, c.creator_id = ${u} as "madeByYou", c.owner_id is not distinct from ${u}::uuid as "ownedByYou",
        case when c.signed_off_by = ${u} then c.signed_off_at end as "signedOff", c.created, c.deleted
      from claims c join projects p on p.id = c.project_id
      where c.creator_id = ${u} or c.owner_id = ${u} or c.signed_off_by = ${u} order by c.id`,
    evidence: sql`${apart(u, ['claim', 'evidence'])}
      select e.id, p.name as project, ${title} as source, a.exact as quote, e.stance, e.reliability, e.credibility,
        case when e.claim_id in (select id from changed) then null else e.note end as note,
        e.claim_id in (select id from changed) as "changedByOthers", e.created
      from evidence e join projects p on p.id = e.project_id join annotations a on a.id = e.annotation_id join sources s on s.id = a.source_id
      where e.creator_id = ${u} and (a.seen_by is null or ${u}::uuid = any(a.seen_by)) and ${readable} order by e.id`,
    'follow-ups': sql`${apart(u, ['follow-up'])}
      select f.id, p.name as project, ${title} as source, f.kind,
        case when f.creator_id = ${u} and f.id not in (select id from changed) then f.wording end as wording,
        case when f.creator_id = ${u} and f.id not in (select id from changed) then f.details end as details, ${changed('f')},
        f.creator_id = ${u} as "madeByYou", f.owner_id is not distinct from ${u}::uuid as "ownedByYou", f.due, f.state, f.created, f.deleted
      from follow_ups f join projects p on p.id = f.project_id left join sources s on s.id = f.raised_source_id
      where f.creator_id = ${u} or f.owner_id = ${u} order by f.id`,
    sources: sql`
      select s.id, p.name as project, ${title} as source, t.version, ${ofOpen(sql`s.url`)} as url, t.how, t.created, s.deleted
      from source_texts t join sources s on s.id = t.source_id join projects p on p.id = t.project_id
      where t.created_by = ${u} order by t.created, s.id, t.version`,
    places: sql`select t.annotation_id as "annotationId", p.name as project, ${title} as source, t.version, t.state, t.decided_at as "decidedAt"
      from annotation_targets t join annotations a on a.id = t.annotation_id join projects p on p.id = t.project_id join sources s on s.id = t.source_id
      where t.decided_by = ${u} and (a.seen_by is null or ${u}::uuid = any(a.seen_by)) order by t.decided_at, t.annotation_id`,
    watches: sql`select p.name as project, ${title} as source, ${ofOpen(sql`s.url`)} as url, w.every, w.created, w.last_checked as "lastChecked"
      from source_watches w join sources s on s.id = w.source_id join projects p on p.id = w.project_id where w.created_by = ${u} order by w.created, s.id`,
    codebook: sql`
      select 'words' as kind, v.code_id as "codeId", p.name as project, v.version, v.name, v.definition, v.when_to_use as "whenToUse", v.when_not as "whenNot", v.at
        from code_versions v join projects p on p.id = v.project_id where v.by_id = ${u}
      union all select d.kind, d.code_id, p.name, null, null, null, null, null, d.at
        from code_deeds d join projects p on p.id = d.project_id where d.by_id = ${u}
      order by 9, 2`,
    passes: sql`
      select ps.id, p.name as project, ps.name as pass, ps.kind, ps.creator_id = ${u} as "madeByYou", ps.lead_id = ${u} as "ledByYou",
        c.id is not null as "codedByYou", c.is_expert as "isExpert",
        (select count(*)::int from pass_assignments a where a.coder_id = c.id) as assigned,
        (select count(*)::int from pass_assignments a where a.coder_id = c.id and a.state = 'done') as done, ps.created
      from passes ps join projects p on p.id = ps.project_id left join pass_coders c on c.pass_id = ps.id and c.user_id = ${u}
      where ps.creator_id = ${u} or ps.lead_id = ${u} or ps.revealed_by = ${u} or c.id is not null order by ps.created, ps.id`,
    decisions: sql`
      select 'decision' as kind, d.id, p.name as project, ${title} as source, d.start, d."end", d.outcome, d.why as words, d.created, d.undone
        from decisions d join projects p on p.id = d.project_id join sources s on s.id = d.source_id where d.by_id = ${u}
      union all select 'objection', o.id, p.name, ${title}, d.start, d."end", null, o.text, o.created, o.settled
        from objections o join decisions d on d.id = o.decision_id join projects p on p.id = d.project_id join sources s on s.id = d.source_id
        where o.by_id = ${u}
      union all select 'objection dealt with', o.id, p.name, ${title}, d.start, d."end", null, null, o.settled, null
        from objections o join decisions d on d.id = o.decision_id join projects p on p.id = d.project_id join sources s on s.id = d.source_id
        where o.settled_by = ${u}
      order by 9, 2`,
    speakers: sql`
      select s.id, p.name as project, s.creator_id = ${u} as "recordedByYou", c.user_id is not null as "knownToYou", s.created, s.deleted
      from speakers s join projects p on p.id = s.project_id left join speaker_confidants c on c.speaker_id = s.id and c.user_id = ${u}
      where s.creator_id = ${u} or c.user_id is not null order by s.created, s.id`,
    analyses: sql`${apart(u, ['analysis', 'variable'])}
      select 'analysis' as kind, a.id, p.name as project, ${words('a', 'name')}, a.query::text as query, a.created
        from saved_analyses a join projects p on p.id = a.project_id where a.creator_id = ${u}
      union all select 'search', q.id, p.name, q.name, q.q, q.created from saved_searches q join projects p on p.id = q.project_id where q.creator_id = ${u}
      union all select 'variable', v.id, p.name, case when v.id in (select id from changed) then null else v.name end, null, v.created
        from variables v join projects p on p.id = v.project_id where v.creator_id = ${u}
      union all select 'frozen search', f.id, p.name, null, f.q, f.at from frozen_queries f join projects p on p.id = f.project_id where f.by = ${u}
      union all select 'frozen analysis', f.id, p.name, null, f.query::text, f.at from frozen_analyses f join projects p on p.id = f.project_id where f.by = ${u}
      order by 6, 2`,
    notes: sql`
      select n.id, n.project_id as "projectId", p.name as project, ${title} as source, n.created_by = ${u} as "begunByYou", n.created, n.deleted,
        (select min(c.at) from note_clients c where c.note_id = n.id and c.user_id = ${u}) as "firstWrote",
        (select max(v.at) from note_versions v where v.note_id = n.id and ${u}::uuid = any(v.author_ids)) as "lastVersionWithYou",
        (select count(*)::int from note_versions v where v.note_id = n.id and ${u}::uuid = any(v.author_ids)) as "versionsWithYou",
        (select coalesce(sum(m.count), 0)::int from note_mentions m where m.note_id = n.id and m.user_id = ${u}) as "timesNamed"
      from notes n join projects p on p.id = n.project_id left join sources s on s.id = n.source_id
      where n.created_by = ${u} or exists (select from note_clients c where c.note_id = n.id and c.user_id = ${u}) order by n.id`,
    'note-work': sql`
      select 'version' as kind, v.id, p.name as project, n.id as "noteId", v.name as words, v.at
        from note_versions v join notes n on n.id = v.note_id join projects p on p.id = v.project_id where v.created_by = ${u}
      union all select 'sentence vouched for', o.id, p.name, o.note_id,
        case when exists (select from project_members m where m.project_id = o.project_id and m.user_id = ${u}) then o.statement end, o.at
        from note_sign_offs o join projects p on p.id = o.project_id where o.by = ${u}
      union all select 'damaged log replaced', null, p.name, l.note_id, null, l.set_aside
        from note_logs_set_aside l join projects p on p.id = l.project_id where l.set_aside_by = ${u}
      order by 6, 2`,
  };
}
