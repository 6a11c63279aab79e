// Serves a model over HTTP with Node alone: POST /predict takes rows as JSON and answers with probabilities or values.
//   node examples/serve.mjs model.ubj 8080
//   curl localhost:8080/predict -d '[{"age": 31, "city": "Oslo"}]'
import { createServer } from 'node:http';
import { XGBoostError, XGBoostGPUModel } from 'xgboost-gpu';

const LIMIT = 1 << 20;
const [, , path = 'model.ubj', port = '8080'] = process.argv;
const model = await XGBoostGPUModel.open(path, {}, 'cpu');
const features = model.booster.featureNames ?? [];

const server = createServer(async (request, response) => {
  const { status, body } = await answer(request).catch(failure);
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
});

async function answer(request) {
  if (request.method === 'GET' && request.url === '/healthz') return { status: 200, body: { features } };
  if (request.method !== 'POST' || request.url !== '/predict')
    return { status: 404, body: { error: 'POST /predict' } };
  const columns = toColumns(JSON.parse(await bodyOf(request)));
  if (model.config.task !== 'classification')
    return { status: 200, body: [...(await model.predict(columns))] };
  const { values, shape } = await model.predictProba(columns);
  const classes = shape[1];
  const rows = Array.from({ length: shape[0] }, (_, row) =>
    Object.fromEntries(model.classes.map((label, k) => [String(label), values[row * classes + k]])),
  );
  return { status: 200, body: rows };
}

async function bodyOf(request) {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > LIMIT) throw new SyntaxError(`a request is at most ${LIMIT} characters`);
  }
  return text;
}

/** Rows → one array for each feature of the model; what a row does not say is missing. */
function toColumns(rows) {
  if (!Array.isArray(rows) || rows.length === 0) throw new SyntaxError('expected a JSON array of rows');
  return Object.fromEntries(features.map((name) => [name, rows.map((row) => row?.[name] ?? null)]));
}

/** What the client did wrong is told; what we did wrong is logged. */
function failure(error) {
  if (error instanceof SyntaxError || error instanceof XGBoostError)
    return { status: 400, body: { error: error.message } };
  console.error(error);
  return { status: 500, body: { error: 'internal error' } };
}

server.listen(Number(port), () => console.error(`listening on port ${server.address().port}`));
process.once('SIGTERM', () => server.close(() => model.dispose()));
