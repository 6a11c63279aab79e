// Which behaviours of the Python package's own tests are tested here, file by file, and which are not.

export interface UpstreamFile {
  /** The file in upstream's folder of Python tests. */
  readonly file: string;
  /** Our file below test/upstream/; none where there is nothing to port. */
  readonly here?: string;
  /** How many tests ours has; a test counts them. */
  readonly behaviours: number;
  readonly leftOut: string;
}

export const upstream: readonly UpstreamFile[] = [
  {
    file: 'test_config.py',
    here: 'config.test.ts',
    behaviours: 10,
    leftOut: 'several threads at once: a worker thread has a configuration of its own',
  },
  {
    file: 'test_callback.py',
    here: 'callback.test.ts',
    behaviours: 17,
    leftOut: 'pickled checkpoints: a checkpoint is a model file',
  },
];
