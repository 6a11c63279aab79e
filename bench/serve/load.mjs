// A bounded load on loopback: so many connections, each with one request at a time, until all requests are answered.
import { Agent, request } from 'node:http';

function post(port, agent, body) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const options = { port, agent, method: 'POST', path: '/predict', headers };
    const sent = request(options, async (response) => {
      let text = '';
      for await (const part of response.setEncoding('utf8')) text += part;
      resolve({ status: response.statusCode, text });
    });
    sent.on('error', reject).end(body);
  });
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

/** Latencies in milliseconds, requests per second, and the answers' sum, which all servers must agree on. */
export async function load(port, bodies, { connections, requests }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies = [];
  let next = 0;
  let sum = 0;
  const client = async () => {
    while (next < requests) {
      const body = bodies[next++ % bodies.length];
      const begin = performance.now();
      const { status, text } = await post(port, agent, body);
      latencies.push(performance.now() - begin);
      if (status !== 200) throw new Error(`status ${status}: ${text}`);
      sum += JSON.parse(text);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: connections }, client));
  const seconds = (performance.now() - begin) / 1000;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  return { p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), rate: requests / seconds, sum };
}
