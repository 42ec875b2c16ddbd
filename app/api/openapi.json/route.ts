import { publicRoute } from '@/app/api/handle';
import { openApi } from '@/lib/api/openapi';

export const GET = publicRoute('openapi', async () => openApi());
