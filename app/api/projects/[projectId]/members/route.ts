import { projectRoute } from '@/app/api/handle';
import { addMember, listMembers, removeMember, updateMember } from '@/server/members';

export const GET = projectRoute('member.list', (grant) => listMembers(grant));
export const POST = projectRoute('member.add', (grant, { body }) => addMember(grant, body));
export const PATCH = projectRoute('member.update', (grant, { body }) => updateMember(grant, body));
export const DELETE = projectRoute('member.remove', async (grant, { body }) => {
  await removeMember(grant, body);
  return { ok: true as const };
});
