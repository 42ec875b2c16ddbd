import { personRoute } from '@/app/api/handle';
import { getNoticeSettings, updateNoticeSettings } from '@/server/notices/settings';

export const GET = personRoute('notice-settings.get', (actor) => getNoticeSettings(actor));
export const PATCH = personRoute('notice-settings.update', (actor, { body }) =>
  updateNoticeSettings(actor, body),
);
