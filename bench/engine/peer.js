/** One engine in a process of its own: `node peer.js <name>`, told by its parent what to do. */
import { setTimeout } from 'node:timers/promises'
import { Digest } from './answer.js'

const { open } = await import(`../engines/${process.argv[2]}.js`)
const engine = await open()
const kept = new Map()

/** Milliseconds of the processor under which work is done again, until its clock has something to count, and before it is counted. */
const LEAST = 30
const WARMING = 300

const TASKS = {
  /** @returns what it took, and how many bytes more the process has */
  async load({ file }) {
    const before = await memory()
    const time = await timed(() => engine.load(file))
    return { ...time, bytes: (await memory()) - before }
  },
  async first({ text }) {
    let rows = 0
    const count = row => {
      rows += touched(row)
    }
    return { ...(await timed(() => engine.each(text, count))), rows }
  },
  async digest({ text }) {
    const digest = new Digest()
    await engine.each(text, row => void digest.add(row))
    return digest.text
  },
  /** The same query again, by a plan that is kept where there is such a thing. */
  async kept({ text, once }) {
    if (!kept.has(text)) kept.set(text, engine.prepared?.(text) ?? (visit => engine.each(text, visit)))
    const run = kept.get(text)
    return repeated(`kept ${text}`, () => run(row => void touched(row)), once)
  },
  /** A text that was not there before. */
  async fresh({ text, once }) {
    return repeated(`fresh ${text}`, () => engine.each(`# ${fresh++}\n${text}`, row => void touched(row)), once)
  },
  async firstRow({ text, once }) {
    return repeated(`first row ${text}`, () => engine.each(`# ${fresh++}\n${text}`, row => touched(row) > 0), once)
  },
}
let fresh = 0

/** What the process has when garbage is collected: arrays are given back in another thread, some after a second time only. */
async function memory() {
  for (let times = 0; times < 2; times++) {
    globalThis.gc()
    await setTimeout(100)
  }
  return process.memoryUsage().rss
}

/** Looks at the text of each term. */
function touched(row) {
  let length = 0
  for (const [, term] of row) length += term?.value.length ?? 0
  return length < 0 ? 0 : 1
}

async function timed(work) {
  const [wall, processor] = [performance.now(), process.cpuUsage()]
  await work()
  const { user, system } = process.cpuUsage(processor)
  return { wall: performance.now() - wall, cpu: (user + system) / 1000 }
}

/** The mean of as many times as the clock needs; the first time a text is measured, others before, to have machine code. */
async function repeated(name, work, once) {
  if (!once && !warm.has(name)) await lasting(work, WARMING)
  warm.add(name)
  return lasting(work, once ? 0 : LEAST)
}
const warm = new Set()

async function lasting(work, least) {
  let [times, wall, cpu] = [0, 0, 0]
  do {
    const batch = Math.max(1, times)
    const time = await timed(async () => {
      for (let count = 0; count < batch; count++) await work()
    })
    times += batch
    wall += time.wall
    cpu += time.cpu
  } while (cpu < least)
  return { wall: wall / times, cpu: cpu / times }
}

process.on('message', async ({ task, ...what }) => {
  try {
    process.send({ result: await TASKS[task](what) })
  } catch (error) {
    process.send({ error: String(error?.message ?? error).split('\n')[0] })
  }
})
process.send({ result: 'ready' })
