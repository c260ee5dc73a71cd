import { type Handler, sendJson } from './handler.js';

/** GET /health/live and /health/ready. */
export const health: Handler = (_request, response) =>
  sendJson(response, { status: 'ok' }, { 'Cache-Control': 'no-store' });
