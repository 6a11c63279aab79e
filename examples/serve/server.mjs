// The HTTP side: POST /predict with a row or an array of rows, GET /healthz. Knows nothing of how rows are predicted.
import { createServer } from 'node:http';
import { XGBoostError } from 'xgboost-gpu/predict';
import { QueueFull } from './batcher.mjs';

const LIMIT = 1 << 20;

/**
 * A server, not listening yet.
 *
 * @param encode a row of JSON to its features; throws what the client did wrong
 * @param predict features of rows to the outputs of each, or a promise of them
 */
export function makeServer({ encode, predict, describe }) {
  const state = { stopping: false };
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request).catch(failure);
    response.setHeader('content-type', 'application/json');
    if (status === 503) response.setHeader('retry-after', '1');
    // A connection that stays open would hold up the end of the server.
    if (state.stopping) response.setHeader('connection', 'close');
    response.writeHead(status).end(`${JSON.stringify(body)}\n`);
  });

  async function answer(request) {
    if (request.method === 'GET' && request.url === '/healthz') {
      return { status: state.stopping ? 503 : 200, body: { stopping: state.stopping, ...describe() } };
    }
    if (request.method !== 'POST' || request.url !== '/predict') {
      return { status: 404, body: { error: 'POST /predict, GET /healthz' } };
    }
    const given = JSON.parse(await bodyOf(request));
    // A row of numbers is an array too, so only an array of rows is several.
    const many = Array.isArray(given) && typeof given[0] === 'object';
    const outputs = await predict((many ? given : [given]).map((row) => encode(row)));
    const shown = outputs.map((values) => (values.length === 1 ? values[0] : [...values]));
    return { status: 200, body: many ? shown : shown[0] };
  }

  /** Lets no new connection in, finishes what has begun, and resolves when all is done. */
  function stop() {
    state.stopping = true;
    return new Promise((resolve) => {
      server.close(resolve);
      server.closeIdleConnections();
    });
  }
  return { server, stop };
}

async function bodyOf(request) {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > LIMIT) throw new SyntaxError(`a request is at most ${LIMIT} characters`);
  }
  return text;
}

/** What the client did wrong is told; that there is no room too; what we did wrong is logged. */
function failure(error) {
  if (error instanceof QueueFull) return { status: 503, body: { error: error.message } };
  if (error instanceof SyntaxError || error instanceof TypeError || error instanceof XGBoostError) {
    return { status: 400, body: { error: error.message } };
  }
  console.error(error);
  return { status: 500, body: { error: 'internal error' } };
}
