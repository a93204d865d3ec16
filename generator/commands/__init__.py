"""The commands of `disclose`, one module each: `add_arguments(parser)` and `run(options) -> int`."""
