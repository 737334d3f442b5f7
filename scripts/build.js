/**
 * Builds `dist/`: the engine files in `vendor/`, the program, its type declarations, the vocabularies and the licences.
 * Run by `npm ci` (as `prepare`) and by `npm run build`. The engine files are skipped while nothing they are made of has changed.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build, transform } from 'esbuild'
import { DataFactory } from 'n3'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const run = promisify(execFile)

/** Vocabularies whose terms we know by name: the `@vocabulary/` packages of package.json. */
const vocabularyScope = '@vocabulary/'

/** CommonJS packages inside an ES module (fastest-levenshtein) require Node's own modules. */
const requireBanner = "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);"

/** Programs that packages hold compiled, which their own licence texts do not name. */
const COMPILED = {
  '@hpcc-js/wasm-graphviz':
    '; in it, compiled to WebAssembly and unchanged by us: Graphviz (Eclipse Public License, source at https://gitlab.com/graphviz/graphviz) and Expat (MIT)',
}

/** What stands for each thing that our sources import from n3: its file, since the index brings all of n3 along. */
const FILES_OF_N3 = {
  DataFactory: "import DataFactory from 'n3/src/N3DataFactory.js'",
  'Literal as N3Literal': "import { Literal as N3Literal } from 'n3/src/N3DataFactory.js'",
  Parser: "import Parser from 'n3/src/N3Parser.js'",
  Store: "import Store from 'n3/src/N3Store.js'",
}

/** What most people start most often; what only others need lies in a file of its own, which is not even read for these. */
const STARTED = ['cli/main', 'cli/terminal', 'cli/commands/ask', 'cli/commands/query', 'answers/isolation']

process.chdir(root)
const vendored = await buildVendor()
const programs = await buildPrograms()
await Promise.all([buildTypes(), writeThirdParty([...vendored, ...programs])])

/**
 * What is made of packages once, as long as they do not change: the files, what they are made of, and how.
 *
 * @returns the folders of the npm packages inside the bundles
 */
async function buildVendor() {
  const vendored = [
    [['comunica.cjs'], ['src/query/comunica.config.json', 'src/query/comunica.entry.cjs'], buildComunica],
    [['shacl-engine.js'], ['src/validation/shacl-engine.entry.js'], buildShaclEngine],
    [['sentencex.js', 'sentencex.wasm'], ['src/article/sentencex.entry.js'], buildSentencex],
    [['rdf-parsers.js'], ['src/syntax/rdf-parsers.entry.js'], buildRdfParsers],
    [['jsonld.js'], ['src/syntax/jsonld-js.entry.js'], buildJsonLd],
    [['any-ascii.cjs'], ['src/linking/any-ascii.entry.cjs'], buildAnyAscii],
    [['graphviz.js'], ['src/drawing/graphviz.entry.js'], buildGraphviz],
  ]
  const stampFile = join(dist, 'vendor', 'stamp.json')
  const hash = await hashOf(['package-lock.json', 'scripts/build.js', ...vendored.flatMap(([, sources]) => sources)])
  const names = vendored.flatMap(([files]) => files).map(name => `vendor/${name}`)
  const outputs = [...names, 'vocabularies.json'].map(name => join(dist, name))
  const stamp = existsSync(stampFile) ? JSON.parse(await readFile(stampFile, 'utf8')) : {}
  if (stamp.hash === hash && outputs.every(file => existsSync(file))) return stamp.packages

  const bundles = await Promise.all(vendored.map(([, , make]) => make()))
  await writeVocabularies()
  const packages = bundles.flatMap(bundled => bundled.packages)
  await write(stampFile, JSON.stringify({ hash, packages }))
  return packages
}

/** Comunica: its actors wired up ahead of time, then one file. CommonJS: as an ES module it fails at a `require` of a Node module. */
async function buildComunica() {
  const compiler = join(root, 'node_modules/@comunica/runner/bin/compile-config.js')
  const { stdout } = await run(process.execPath, [compiler, 'src/query/comunica.config.json'], { maxBuffer: 2 ** 26 })
  return bundle({
    entryPoints: { 'vendor/comunica': 'src/query/comunica.entry.cjs' },
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minify: true,
    // The browser's variant of this package is the one without the command line.
    alias: { '@comunica/actor-init-query': join(root, 'node_modules/@comunica/actor-init-query/lib/index-browser.js') },
    plugins: [textModule('compiled-engine', stdout)],
  })
}

function buildShaclEngine() {
  return bundle({
    entryPoints: { 'vendor/shacl-engine': 'src/validation/shacl-engine.entry.js' },
    format: 'esm',
    minify: true,
    external: ['rdf-ext'],
  })
}

/** The parsers of JSON-LD and RDF/XML, without what fetches: we hand over every context. */
function buildRdfParsers() {
  // Node warns of `new Buffer()`, by which the parser of JSON makes one.
  const buffer = `const { Buffer } = require('node:buffer')
    exports.Buffer = Object.setPrototypeOf(function (value) { return Buffer.from(value) }, Buffer)`
  return bundle({
    entryPoints: { 'vendor/rdf-parsers': 'src/syntax/rdf-parsers.entry.js' },
    format: 'esm',
    minify: true,
    alias: { 'readable-stream': 'node:stream' },
    plugins: [textModule('cross-fetch/polyfill', ''), textModule('buffer', buffer)],
    banner: { js: requireBanner },
  })
}

/** The sentence segmenter and its WebAssembly. */
async function buildSentencex() {
  const wasm = await readFile('node_modules/sentencex-wasm/sentencex_wasm_bg.wasm')
  await write(join(dist, 'vendor', 'sentencex.wasm'), wasm)
  return bundle({
    entryPoints: { 'vendor/sentencex': 'src/article/sentencex.entry.js' },
    format: 'esm',
    minify: true,
    // What its own loader would fetch: we hand it the bytes.
    external: ['*.wasm'],
  })
}

/** JSON-LD's algorithms. The browser's variant is the one that does not bring a client for HTTP along. */
function buildJsonLd() {
  return bundle({
    entryPoints: { 'vendor/jsonld': 'src/syntax/jsonld-js.entry.js' },
    format: 'esm',
    platform: 'browser',
    minify: true,
    define: { global: 'globalThis' },
  })
}

/** The Latin letters of any script. CommonJS: it is loaded in the midst of work that does not wait. */
function buildAnyAscii() {
  return bundle({
    entryPoints: { 'vendor/any-ascii': 'src/linking/any-ascii.entry.cjs' },
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minify: true,
  })
}

/** Graphviz, whose WebAssembly is a text in it. */
function buildGraphviz() {
  return bundle({ entryPoints: { 'vendor/graphviz': 'src/drawing/graphviz.entry.js' }, format: 'esm', minify: true })
}

/** The library, with the worker that it starts; and the program, whole in one file, with what starts it. */
async function buildPrograms() {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'))
  const common = {
    minifySyntax: true,
    define: { __VERSION__: JSON.stringify(version), __BUILD__: JSON.stringify(await buildName()) },
  }
  // The engine files, and the client for HTTP, are loaded where they are needed.
  const external = ['rdf-ext', 'undici', '#*']
  const library = await bundle({
    ...common,
    entryPoints: { index: 'src/index.ts', store: 'src/index.store.ts', worker: 'src/answers/worker.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external: ['n3', ...external],
    banner: { js: requireBanner },
  })
  const importMetaUrl = "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;"
  const commonJs = { ...common, define: { ...common.define, 'import.meta.url': 'importMetaUrl' } }
  const program = await buildProgram({ ...commonJs, external }, importMetaUrl)
  await bundle({
    ...commonJs,
    entryPoints: { cli: 'src/cli/launcher.ts' },
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    banner: { js: `#!/usr/bin/env node\n${importMetaUrl}` },
  })
  await chmod(join(dist, 'cli.cjs'), 0o755)
  const chunks = join(dist, 'chunks')
  const chunkNames = existsSync(chunks) ? await readdir(chunks) : []
  const stale = chunkNames.map(name => join(chunks, name)).filter(file => !library.files.includes(file))
  await Promise.all(stale.map(file => rm(file)))
  return [...library.packages, ...program]
}

/**
 * The program: two files of parts, each a function that runs when something of it is first asked for, so that of what a command
 * does not need nothing is compiled and kept. CommonJS: its machine code can be kept, which Node 20 does not do for modules.
 *
 * @returns the folders of the npm packages in it
 */
async function buildProgram(options, head) {
  const { outputFiles, metafile, packages } = await bundled({
    ...options,
    entryPoints: { program: 'src/cli/main.ts' },
    format: 'esm',
    splitting: true,
    chunkNames: '[name]-[hash]',
    minify: true,
    // Of packages that have modules, only those that are used.
    mainFields: ['module', 'main'],
    // What n3 brings along for browsers.
    alias: { 'readable-stream': 'node:stream' },
    plugins: [filesOfN3(), textModule('node:child_process', '', /commander/)],
  })
  const started = partsOf(
    metafile,
    STARTED.map(name => `src/${name}.ts`),
  )
  const [first, others] = [[], []]
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, { format: 'cjs', platform: 'node', target: 'node20', minify: true })
    const name = basename(path)
    const body = code
      // Code that was compiled before cannot import by itself.
      .replaceAll(/\bimport\(/g, 'importPart(')
      // The exports themselves, and not a copy that is made of them: a millisecond of a cold answer.
      .replace(/\bmodule\.exports=([\w$]+)\(([\w$]+)\);/, 'module.exports=$2;')
      // What esbuild leaves as it is are regular expressions and their sources: there an escape is the same.
      .replaceAll(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    ;(started.has(name) ? first : others).push(`${JSON.stringify(`./${name}`)}(module, exports, require) {${body}}`)
  }
  await write(
    join(dist, 'program.cjs'),
    `${head}
const parts = {${first.join(',\n')}}
const loaded = new Map()
function part(name) {
  if (!name.startsWith('./')) return require(name)
  if (!Object.hasOwn(parts, name)) Object.assign(parts, requireFrom('others.cjs')(importPart))
  if (!loaded.has(name)) {
    const module = { exports: {} }
    loaded.set(name, module)
    parts[name](module, module.exports, part)
    // Values, and not accessors, which are slow where they are used often: none changes once the part has run.
    module.exports = { ...module.exports }
  }
  return loaded.get(name).exports
}
function importPart(name) {
  return name.startsWith('./') ? Promise.resolve(name).then(part) : importFrom(name)
}
part('./program.js')
`,
  )
  await write(join(dist, 'others.cjs'), `${head}\nmodule.exports = importPart => ({${others.join(',\n')}})\n`)
  return packages
}

/** The names of the files of a bundle that sources need, without what these import later. */
function partsOf({ outputs }, sources) {
  const found = new Set()
  const add = path => {
    if (found.has(basename(path))) return
    found.add(basename(path))
    for (const { path: imported, kind, external } of outputs[path].imports)
      if (kind === 'import-statement' && external !== true) add(imported)
  }
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (sources.includes(entryPoint)) add(path)
  return found
}

/** Type declarations of the library, laid out as the sources are. */
async function buildTypes() {
  if (!existsSync('src/index.ts')) return
  const folder = join(dist, `types.${process.pid}`)
  try {
    await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', folder])
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw new Error(`build: type declarations: ${error.stdout}`, { cause: error })
  }
  // The compiler does not copy what is a declaration already.
  const declarations = (await readdir('src', { recursive: true })).filter(name => name.endsWith('.d.ts'))
  for (const name of declarations) {
    await mkdir(dirname(join(folder, 'src', name)), { recursive: true })
    await copyFile(join('src', name), join(folder, 'src', name))
  }
  await rm(join(dist, 'types'), { recursive: true, force: true })
  await rename(folder, join(dist, 'types'))
}

/** `vocabularies.json`: for each prefix its namespace and the local names that its vocabulary gives a type. */
async function writeVocabularies() {
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8'))
  const vocabularies = {}
  for (const name of Object.keys(devDependencies).filter(name => name.startsWith(vocabularyScope))) {
    const { vocabulary } = JSON.parse(await readFile(join('node_modules', name, 'package.json'), 'utf8'))
    const { default: quadsOf } = await import(name)
    const terms = new Set()
    for (const { subject, predicate } of quadsOf({ factory: DataFactory })) {
      const isTyped = predicate.value === 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type' && subject.termType === 'NamedNode'
      if (isTyped && subject.value.startsWith(vocabulary.namespace)) terms.add(subject.value.slice(vocabulary.namespace.length))
    }
    terms.delete('')
    vocabularies[vocabulary.prefix] = { iri: vocabulary.namespace, terms: [...terms].sort() }
  }
  await write(join(dist, 'vocabularies.json'), JSON.stringify(vocabularies))
}

/** `THIRD_PARTY.txt`: the licence of every npm package that has code in a bundle; packages with the same text share it. */
async function writeThirdParty(folders) {
  const packagesByText = new Map()
  for (const folder of new Set(folders)) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
    const file = (await readdir(folder)).find(name => /^(licen[cs]e|copying)/i.test(name))
    const text = file === undefined ? 'No licence text in the package.' : (await readFile(join(folder, file), 'utf8')).trim()
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), `${name} ${version} (${license})${COMPILED[name] ?? ''}`])
  }
  const sections = [...packagesByText]
    .map(([text, packages]) => `${[...new Set(packages)].sort().join('\n')}\n\n${text}\n`)
    .sort()
  const head = 'Code of these npm packages is part of the files in this folder.\n'
  await write(join(dist, 'THIRD_PARTY.txt'), [head, ...sections].join(`\n${'-'.repeat(80)}\n\n`))
}

/**
 * Bundles for Node 20 into `dist/`.
 *
 * @returns the files written, and the folders (relative to the repository) of the npm packages whose code is in them
 */
async function bundle(options) {
  const { outputFiles, packages } = await bundled(options)
  await Promise.all(outputFiles.map(file => write(file.path, file.contents)))
  return { packages, files: outputFiles.map(file => file.path) }
}

/** As `bundle`, without writing the files. */
async function bundled(options) {
  const { outputFiles, metafile } = await build({
    bundle: true,
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
    logLevel: 'warning',
    outdir: dist,
    ...options,
    write: false,
    metafile: true,
  })
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? packageFolder(file) : [])),
  )
  return { outputFiles, metafile, packages: [...new Set(used)] }
}

/** `a/node_modules/@b/c/lib/d.js` is in the package at `a/node_modules/@b/c`; a source of ours is in none. */
function packageFolder(file) {
  return file.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.slice(1, 2) ?? []
}

/**
 * An esbuild plugin by which `name` is the CommonJS module `contents`, which imports as if it lay in the repository.
 *
 * @param importers paths of the files that get it
 */
function textModule(name, contents, importers = /(?:)/) {
  return {
    name,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^${name}$`) }, ({ importer }) =>
        importers.test(importer) ? { path: name, namespace: name } : undefined,
      )
      onLoad({ filter: /.*/, namespace: name }, () => ({ contents, resolveDir: root }))
    },
  }
}

/** An esbuild plugin by which our sources import from n3 as this table says. */
function filesOfN3() {
  const imported = (_, names) => {
    const values = names.split(/,\s*/).filter(name => !name.startsWith('type '))
    const missing = values.find(name => !(name in FILES_OF_N3))
    if (missing !== undefined) throw new Error(`build: FILES_OF_N3 does not say where "${missing}" is`)
    return values.map(name => FILES_OF_N3[name]).join(';')
  }
  return {
    name: 'n3',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8')
        return { contents: text.replaceAll(/^import \{ ([^}]*) \} from 'n3'$/gm, imported), loader: 'ts' }
      })
    },
  }
}

/** A name for what the sources make of a project: what was compiled by another build is not used. */
async function buildName() {
  const sources = (await readdir('src', { recursive: true })).filter(name => /\.(ts|cjs|json)$/.test(name)).sort()
  return (await hashOf([...sources.map(name => join('src', name)), 'package-lock.json'])).slice(0, 16)
}

async function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(await readFile(file))
  return hash.digest('hex')
}

/** Writes whole or not at all: a build that is stopped, or runs twice at once, leaves no half file. */
async function write(file, contents) {
  await mkdir(dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}.tmp`
  await writeFile(temporary, contents)
  await rename(temporary, file)
}
