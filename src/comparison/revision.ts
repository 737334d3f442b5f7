import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/**
 * Reads the project of a git revision from a folder that is there only as long as the reading takes. The bytes are those that
 * git keeps, whatever its filters; symbolic links are left out, since they could lead anywhere.
 *
 * @param root the project folder as it is now, which may lie within its repository
 * @returns what `read` gives, or in words why there is no such project
 */
export async function readRevision<T>(root: string, revision: string, read: (folder: string) => Promise<T>): Promise<T | string> {
  const entries = await entriesOf(root, revision).catch(({ code, stderr }: { code?: unknown; stderr?: unknown }) => {
    return code === 'ENOENT' ? 'git is not installed' : String(stderr).trim() || 'git does not know it'
  })
  if (typeof entries === 'string') return entries
  if (!entries.some(({ path }) => path === 'data/dataset.ttl')) return 'it has no data/dataset.ttl'
  const folder = await mkdtemp(join(tmpdir(), 'communique-revision-'))
  try {
    // One behind the other: `{object} blob {size}`, a line end, the bytes, a line end.
    const bytes = await git(root, ['cat-file', '--batch'], entries.map(({ object }) => `${object}\n`).join(''))
    let offset = 0
    for (const { path } of entries) {
      const start = bytes.indexOf('\n', offset) + 1
      offset = start + Number(bytes.toString('latin1', offset, start).split(' ')[2])
      await mkdir(join(folder, dirname(path)), { recursive: true })
      await writeFile(join(folder, path), bytes.subarray(start, offset++))
    }
    return await read(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The files that a project is read from. */
async function entriesOf(root: string, revision: string): Promise<{ readonly object: string; readonly path: string }[]> {
  const commit = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  const listing = ['ls-tree', '-r', '-z', commit.toString().trim(), '--', 'data', 'ontology', 'queries']
  const files = (await git(root, listing)).toString().matchAll(/100\d{3} blob (\w+)\t([^\0]+)\0/g)
  return [...files].map(([, object, path]) => ({ object: object!, path: path! })).filter(({ path }) => !/(^|\/)\.\.\//.test(path))
}

function git(cwd: string, args: readonly string[], input = ''): Promise<Buffer> {
  // What git does not have it must not fetch.
  const options = { cwd, encoding: 'buffer', maxBuffer: 2 ** 30, env: { ...process.env, GIT_NO_LAZY_FETCH: '1' } } as const
  return new Promise((resolve, reject) => {
    const child = execFile('git', args, options, (error, stdout, stderr) =>
      error === null ? resolve(stdout) : reject(Object.assign(error, { stderr })),
    )
    child.stdin!.on('error', () => {}).end(input)
  })
}
