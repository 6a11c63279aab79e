// What kind of machine this is, as far as it decides which binaries fit. Asked when something failed, and by the doctor.
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';

/** Facts about machine and process. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** The version of Node. */
  readonly node: string;
  /** On Linux: which C library Node runs on; undefined elsewhere. */
  readonly libc: 'glibc' | 'musl' | undefined;
  /** The version of glibc. */
  readonly glibc: string | undefined;
  /** An x64 Node on an Apple processor. */
  readonly rosetta: boolean;
}

/** The oldest glibc that XGBoost's builds and the addon run on. */
export const OLDEST_GLIBC = '2.28';
/** The image that the messages name for Docker: small, and has all that is needed. */
export const IMAGE = 'node:22-bookworm-slim';

function glibcVersion(): string | undefined {
  // Absent in some runtimes that only resemble Node.
  const report: NodeJS.ProcessReport | undefined = process.report;
  if (report === undefined) return undefined;
  // Looked at in a report without host names, which can take seconds to find.
  const { excludeNetwork = false } = Object(report);
  Object.assign(report, { excludeNetwork: true });
  const document: { header?: { glibcVersionRuntime?: string } } = Object(report.getReport());
  Object.assign(report, { excludeNetwork });
  return document.header?.glibcVersionRuntime;
}

export function readMachine(): Machine {
  const { platform, arch, versions } = process;
  const glibc = platform === 'linux' ? glibcVersion() : undefined;
  const libc = platform !== 'linux' ? undefined : glibc === undefined ? 'musl' : 'glibc';
  const apple = platform === 'darwin' && arch === 'x64' && /Apple/.test(os.cpus()[0]?.model ?? '');
  return { platform, arch, node: versions.node, libc, glibc, rosetta: apple };
}

/** `linux-x64`, `linux-x64 with musl`. */
export function platformText({ platform, arch, libc }: Machine): string {
  return `${platform}-${arch}${libc === 'musl' ? ' with musl' : ''}`;
}

/** A container this process seems to run in, by what its runtime leaves behind. */
export function container(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  if (process.env.KUBERNETES_SERVICE_HOST !== undefined) return 'Kubernetes';
  if (existsSync('/.dockerenv')) return 'Docker';
  if (existsSync('/run/.containerenv')) return 'Podman';
  try {
    return /docker|containerd|lxc/.exec(readFileSync('/proc/1/cgroup', 'utf8'))?.[0];
  } catch {
    return undefined;
  }
}
