import { publicRoute } from '@/app/api/handle';
import { checkReady } from '@/server/ready';

export const GET = publicRoute('ready', async () => {
  await checkReady();
  return { status: 'ready' as const };
});
