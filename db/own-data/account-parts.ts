import { sql } from 'drizzle-orm';
import { INSTANCE_CHAIN } from '../../lib/audit/entry';

/** What concerns a person's account, part by part: never a secret, nor a hash of one. */
export function accountParts(u: string) {
  return {
    profile: sql`select u.id, u.name, u.email, u.created, u.password_hash is not null as "hasPassword",
        u.oidc_subject as "organisationSubject", c.email as "unconfirmedEmail"
      from users u left join email_changes c on c.user_id = u.id and c.expires > now() where u.id = ${u}`,
    sessions: sql`select id, created, last_used as "lastUsed", expires, ended, proved, ip, user_agent as "userAgent"
      from sessions where user_id = ${u} order by created, id`,
    tokens: sql`select id, name, scopes, created, expires, revoked from api_tokens where user_id = ${u} order by created, id`,
    factors: sql`
      select 'authenticator' as kind, null as name, created, last_used as "lastUsed", null::timestamptz as used
        from authenticators where user_id = ${u} and sealed is not null
      union all select 'passkey', name, created, last_used, null from passkeys where user_id = ${u}
      union all select 'recovery code', null, null, null, used from recovery_codes where user_id = ${u}`,
    teams: sql`select t.id, t.name, m.role from team_members m join teams t on t.id = m.team_id where m.user_id = ${u} order by t.name, t.id`,
    memberships: sql`select p.id as "projectId", p.name as project, m.role, m.joined, v.seen_at as "lastSeen"
      from project_members m join projects p on p.id = m.project_id
      left join project_visits v on v.project_id = p.id and v.user_id = m.user_id
      where m.user_id = ${u} order by m.joined, p.id`,
    invitations: sql`select i.id, p.name as project, i.role, i.created, i.expires, i.max_uses as "maxUses", i.uses, i.revoked
      from invitations i join projects p on p.id = i.project_id where i.created_by = ${u} order by i.created, i.id`,
    'guest-links': sql`select l.id, p.name as project, l.kind, l.mode, l.title, l.message, l.created, l.expires, l.revoked
      from guest_links l join projects p on p.id = l.project_id where l.created_by = ${u} order by l.created, l.id`,
    webhooks: sql`select w.id, p.name as project, w.url, w.events, w.created, w.deleted, w.disabled
      from webhooks w join projects p on p.id = w.project_id where w.maker_id = ${u} order by w.created, w.id`,
    notices: sql`select n.id, n.kind, p.name as project, n.created, n.seen
      from notices n join projects p on p.id = n.project_id where n.user_id = ${u} order by n.id`,
    mails: sql`
      select 'setting' as kind, mail as choices, hour, time_zone as "timeZone", null::timestamptz as due, null::int as notices
        from notice_settings where user_id = ${u}
      union all select kind, null, null, null, due, cardinality(notice_ids) from notice_mails
        where user_id = ${u} and done is null and gave_up is null`,
    activity: sql`select e.id, e.type, e.at, e.ip, e.subject_id as "subjectId", p.name as project, e.project_id as "projectId"
      from events e join projects p on p.id = e.project_id where e.actor_id = ${u} order by e.id`,
    account: sql`select type, at, ip, details from account_events where user_id = ${u} order by id`,
    // What others did to them is told without who it was and from where.
    audit: sql`select a.at, a.act, p.name as project, a.actor_id is not distinct from ${u}::uuid as "byYou",
        case when a.actor_id = ${u} then a.ip end as ip, a.details
      from audit_entries a left join projects p on p.id = a.chain
      where a.actor_id = ${u} or (a.subject_id = ${u} and a.chain <> ${INSTANCE_CHAIN}) order by a.at, a.chain, a.nr`,
  };
}
