import NextAuth from 'next-auth';
import { authOptions } from '@/server/auth';

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own routes: sign in, sign out, callbacks. The options are read at each request: the address is known only once we listen. */
function handle(request: Request, context: Context): Promise<Response> {
  return NextAuth(authOptions())(request, context) as Promise<Response>;
}

export { handle as GET, handle as POST };
