// Loaded before a program: any connection and any look-up of a name ends it.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const refuse = (what) => () => {
  console.error(`NETWORK: ${what}`);
  process.exit(99);
};
net.Socket.prototype.connect = refuse('a connection');
dns.lookup = refuse('dns.lookup');
dns.promises.lookup = refuse('dns.promises.lookup');
syncBuiltinESMExports();
