import { publicRoute } from '@/app/api/handle';

export const GET = publicRoute('health', async () => ({ status: 'ok' as const }));
