/** Ten million quads, our own engine alone: what loading them takes, and an answer of each class. */
process.argv.push('--huge')
await import('./engine.js')
