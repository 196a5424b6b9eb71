"""Running Pause: on a simulated server for a look, and on a real one."""
