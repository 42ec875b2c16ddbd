/**
 * What becomes of a column when a person is erased: `removed`, with its row; `rewritten`, so that names and addresses in it are gone;
 * `pseudonym`, an id that stays, and leads to the pseudonym.
 */
export type Fate = 'removed' | 'rewritten' | 'pseudonym';

/**
 * Every column that leads to people, or that can hold what somebody wrote (text, JSON, bytes, lists), table by table. `others` hold nothing of
 * a person that Gloss put there: kinds, hashes, what people wrote themselves, ids of things. Whoever adds a column says which it is.
 */
export const COLUMNS: Readonly<Record<string, { people?: Readonly<Record<string, Fate>>; others?: string }>> =
  {
    account_events: {
      people: { details: 'rewritten', ip: 'rewritten', user_id: 'pseudonym' },
      others: 'type',
    },
    annotation_iris: { others: 'canonical via' },
    annotation_targets: {
      people: { decided_by: 'pseudonym' },
      others: 'candidates exact outcome prefix reason state suffix was',
    },
    annotations: {
      people: { creator_id: 'pseudonym', seen_by: 'pseudonym' },
      others: 'body exact motivation prefix quote suffix written',
    },
    api_tokens: { people: { name: 'removed', scopes: 'removed', token_hash: 'removed', user_id: 'removed' } },
    audit_chains: { others: 'hash' },
    audit_entries: {
      people: {
        actor_id: 'pseudonym',
        actor_name: 'rewritten',
        details: 'rewritten',
        ip: 'rewritten',
        salt: 'rewritten',
      },
      others: 'act hash personal prev_hash',
    },
    authenticators: { people: { sealed: 'removed', user_id: 'removed', waiting: 'removed' } },
    brought_in: { others: 'author' },
    claim_statuses: { others: 'colour key name' },
    claims: {
      people: { creator_id: 'pseudonym', owner_id: 'pseudonym', signed_off_by: 'pseudonym' },
      others: 'confidence status tags wording',
    },
    code_deeds: { people: { by_id: 'pseudonym' }, others: 'children kind' },
    code_versions: { people: { by_id: 'pseudonym' }, others: 'definition name when_not when_to_use' },
    codes: { others: 'colour definition example_ids name rank when_not when_to_use' },
    comment_reactions: { people: { user_id: 'pseudonym' }, others: 'sign' },
    comments: { people: { creator_id: 'pseudonym', mentions: 'pseudonym' }, others: 'text verdict' },
    decisions: { people: { by_id: 'pseudonym' }, others: 'codings key outcome why' },
    email_changes: { people: { email: 'removed', token_hash: 'removed', user_id: 'removed' } },
    events: {
      people: { actor_id: 'pseudonym', actor_name: 'rewritten', ip: 'rewritten', subject: 'rewritten' },
      others: 'type',
    },
    evidence: { people: { creator_id: 'pseudonym' }, others: 'note reliability stance' },
    follow_ups: {
      people: { creator_id: 'pseudonym', owner_id: 'pseudonym' },
      others: 'details kind place raised_by raised_by_id raised_quote state wording',
    },
    frozen_analyses: { people: { by: 'pseudonym', table: 'rewritten' }, others: 'name query' },
    frozen_queries: { people: { by: 'pseudonym', items: 'rewritten' }, others: 'q' },
    gold_codings: { others: 'exact' },
    guest_links: {
      people: { created_by: 'pseudonym' },
      others: 'annotation_ids claim_ids kind message mode pin_hash title token_hash',
    },
    guest_views: { others: 'what' },
    guests: { others: 'key_hash name' },
    invitations: { people: { created_by: 'pseudonym' }, others: 'role token_hash' },
    note_clients: { people: { taken_from: 'pseudonym', user_id: 'pseudonym' } },
    note_logs_set_aside: {
      people: { set_aside_by: 'pseudonym', user_id: 'pseudonym', user_ids: 'pseudonym' },
      others: 'bytes kind',
    },
    note_mentions: { people: { user_id: 'pseudonym' } },
    note_sign_offs: { people: { by: 'pseudonym' }, others: 'statement' },
    note_snapshots: { others: 'mark state' },
    note_updates: { people: { user_id: 'pseudonym', user_ids: 'pseudonym' }, others: 'update' },
    note_versions: {
      people: { author_ids: 'pseudonym', created_by: 'pseudonym' },
      others: 'format kind name state',
    },
    notes: { people: { created_by: 'pseudonym' }, others: 'text title' },
    notice_mails: { people: { kind: 'removed', notice_ids: 'removed', user_id: 'removed' } },
    notice_settings: { people: { mail: 'removed', time_zone: 'removed', user_id: 'removed' } },
    notices: {
      people: { by_id: 'pseudonym', user_id: 'removed' },
      others: 'annotation_ids claim_ids kind note_ids',
    },
    objections: { people: { by_id: 'pseudonym', settled_by: 'pseudonym' }, others: 'text' },
    pass_agreements: { others: 'figures moment' },
    pass_assignments: { others: 'state' },
    pass_coders: { people: { user_id: 'pseudonym' }, others: 'name' },
    passes: {
      people: { creator_id: 'pseudonym', lead_id: 'pseudonym', revealed_by: 'pseudonym' },
      others: 'kind name reveal_when',
    },
    passkey_challenges: { people: { challenge: 'removed', holder: 'removed', purpose: 'removed' } },
    passkeys: {
      people: {
        id: 'removed',
        name: 'removed',
        public_key: 'removed',
        transports: 'removed',
        user_id: 'removed',
      },
    },
    project_members: { people: { role: 'removed', user_id: 'removed' } },
    project_usage: { others: 'limits' },
    project_visits: { people: { user_id: 'removed' } },
    projects: { others: 'name' },
    protected_passages: { people: { created_by: 'pseudonym' } },
    protected_places: { people: { decided_by: 'pseudonym' } },
    rate_limits: { people: { key: 'rewritten' } },
    recovery_codes: { people: { code_hash: 'removed', salt: 'removed', user_id: 'removed' } },
    redacted_texts: { others: 'hash html text' },
    saved_analyses: { people: { creator_id: 'pseudonym' }, others: 'name query' },
    saved_searches: { people: { creator_id: 'pseudonym' }, others: 'name q' },
    search_documents: { others: 'creator_id kind origin tsv' },
    search_words: { others: 'word' },
    sessions: { people: { ip: 'removed', token_hash: 'removed', user_agent: 'removed', user_id: 'removed' } },
    sign_in_links: { people: { token_hash: 'removed', user_id: 'removed' } },
    sign_in_steps: {
      people: { by: 'removed', second: 'removed', token_hash: 'removed', user_id: 'removed' },
    },
    source_files: { others: 'bytes content_type hash places' },
    source_protections: { people: { set_by: 'pseudonym', named_ids: 'pseudonym' } },
    source_texts: {
      people: { created_by: 'pseudonym' },
      others: 'final_url hash how html response_headers text trimmed_from',
    },
    source_watches: {
      people: { created_by: 'pseudonym' },
      others: 'etag every last_modified last_result read_from seen_hash stopped_because',
    },
    sources: {
      people: { created_by: 'pseudonym' },
      others: 'byline canonical_url language published_at site_name title url',
    },
    speaker_confidants: { people: { user_id: 'removed' } },
    speaker_identities: { others: 'affiliation aliases former name role' },
    speaker_names: { others: 'folded' },
    speakers: { people: { creator_id: 'pseudonym' }, others: 'affiliation aliases kind name role sort_name' },
    team_members: { people: { role: 'removed', user_id: 'removed' } },
    teams: { people: { name: 'rewritten' } },
    threads: { people: { assignee_id: 'pseudonym', resolved_by: 'pseudonym' }, others: 'passage' },
    users: {
      people: {
        email: 'rewritten',
        name: 'rewritten',
        oidc_subject: 'rewritten',
        password_hash: 'rewritten',
      },
    },
    variable_values: { others: 'value' },
    variables: { people: { creator_id: 'pseudonym' }, others: 'choices kind name of' },
    watch_hosts: { others: 'host' },
    webhook_deliveries: { people: { answer: 'rewritten' }, others: 'error state type' },
    webhooks: {
      people: {
        disabled_because: 'removed',
        events: 'removed',
        maker_id: 'removed',
        secret: 'removed',
        url: 'removed',
      },
    },
  };
