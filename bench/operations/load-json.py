"""The Python side of load-json.mjs."""

import load

load.FORMAT = "json"
prepare = load.prepare
run = load.run
