import { describe, expect, test } from 'vitest'
import { Watch } from '../../src/syntax/watch.ts'

const LATE = new Error('late')
const silent = (): Promise<never> => new Promise(() => undefined)
const delayed = (milliseconds: number): Promise<string> => new Promise(resolve => setTimeout(resolve, milliseconds, 'there'))

describe('what is waited for', () => {
  test('is given, one after the other, and its error is', async () => {
    const watch = new Watch(10_000, undefined, () => LATE)
    expect(await watch.wait(delayed(1))).toBe('there')
    expect(await watch.wait(delayed(1))).toBe('there')
    await expect(watch.wait(Promise.reject(new Error('torn')))).rejects.toThrow('torn')
    watch.end()
  })

  test('is no longer waited for when the time is over, which does not go on while somebody else is at work', async () => {
    const watch = new Watch(400, undefined, () => LATE)
    const start = performance.now()
    await watch.wait(delayed(20))
    watch.pause()
    await delayed(500)
    watch.resume()
    expect(await watch.wait(delayed(5))).toBe('there')
    await expect(watch.wait(silent())).rejects.toBe(LATE)
    expect(performance.now() - start).toBeGreaterThan(800)
    await expect(watch.wait(delayed(1))).rejects.toBe(LATE)
    watch.end()
  })

  test('is given up as soon as it is not wanted any more', async () => {
    const [controller, reason] = [new AbortController(), new Error('not wanted')]
    const watch = new Watch(Number.POSITIVE_INFINITY, controller.signal, () => LATE)
    await watch.wait(delayed(1))
    setTimeout(() => controller.abort(reason), 10)
    await expect(watch.wait(silent())).rejects.toBe(reason)
    await expect(watch.wait(delayed(1))).rejects.toBe(reason)
    watch.end()
  })
})
