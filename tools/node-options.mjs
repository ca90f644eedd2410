/**
 * How the server's Node holds memory: a young generation of 16 MB (the default grows to 32 and keeps it), and pages that are
 * free go back to the system instead of a pool. Measured: 30 MB less at rest, 50 to 100 MB less after load, no slower.
 */
export const nodeOptions = ['--max-semi-space-size=16', '--no-memory-pool']
