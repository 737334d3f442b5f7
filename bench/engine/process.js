import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** After so many starts an engine is asked nothing more of a dataset. */
const MOST_STARTS = 4

/** An engine in a process of its own, which is ended and started anew when it takes too long. */
export class Peer {
  #child
  #starts = 0

  /** @param name of its file in `engines` */
  constructor(name, file) {
    this.name = name
    this.file = file
  }

  /** @returns what loading took */
  async load(seconds = 300) {
    this.#starts++
    this.#child = fork(join(import.meta.dirname, 'peer.js'), [this.name], {
      execArgv: ['--expose-gc', '--max-old-space-size=8000'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    await this.#answer(60)
    return this.#told({ task: 'load', file: this.file }, seconds)
  }

  /** @throws if it fails, or takes longer */
  async ask(task, what, seconds) {
    if (this.#child === undefined) {
      if (this.#starts === 0 || this.#starts >= MOST_STARTS) throw new Error('not asked')
      await this.load()
    }
    return this.#told({ task, ...what }, seconds)
  }

  end() {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }

  #told(message, seconds) {
    this.#child.send(message)
    return this.#answer(seconds)
  }

  async #answer(seconds) {
    const child = this.#child
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), seconds * 1000)
    try {
      const [{ result, error }] = await Promise.race([
        once(child, 'message', { signal: stop.signal }),
        once(child, 'exit', { signal: stop.signal }).then(([, signal]) => [{ error: `ended ${signal ?? ''}` }]),
      ])
      if (error?.startsWith('ended')) this.#child = undefined
      if (error !== undefined) throw new Error(error)
      return result
    } catch (error) {
      if (error.name !== 'AbortError') throw error
      this.end()
      throw new Error(`over ${seconds} s`)
    } finally {
      clearTimeout(timer)
      stop.abort()
    }
  }
}
