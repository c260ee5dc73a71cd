import { createServer } from 'node:http';
import { authorize } from './authorize.js';
import type { Handler } from './handler.js';
import { health } from './health.js';
import { discovery, guarded, introspection, keys, revocation, userinfo } from './resources.js';
import { token } from './token.js';

const routes = new Map<string, Handler>([
  ['GET /health/live', health],
  ['GET /health/ready', health],
  ['GET /api/me', guarded],
  ['GET /oauth/authorize', authorize],
  ['POST /oauth/token', token],
  ['POST /oauth/introspect', introspection],
  ['POST /oauth/revoke', revocation],
  ['GET /oauth/userinfo', userinfo],
  ['GET /oauth/jwks', keys],
  ['GET /.well-known/openid-configuration', discovery],
]);

createServer((request, response) => {
  const path = request.url?.split('?', 1)[0];
  const handler = routes.get(`${request.method} ${path}`);
  if (handler === undefined) response.writeHead(404).end();
  else handler(request, response);
}).listen(Number(process.env.PORT));
