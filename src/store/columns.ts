/** Rows of four ids, a column for each part. */
export type Columns = readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array]

/** One row. */
export type Row = readonly [number, number, number, number]

/** Rows that are still being gathered. */
export class GrowingColumns {
  #columns: Columns
  #size = 0

  /** @param room rows that will probably come */
  constructor(room = 1 << 10) {
    this.#columns = empty(room)
  }

  add(first: number, second: number, third: number, fourth: number): void {
    if (this.#size === this.#columns[0].length) this.#columns = resized(this.#columns, this.#size * 2)
    const columns = this.#columns
    const size = this.#size++
    columns[0][size] = first
    columns[1][size] = second
    columns[2][size] = third
    columns[3][size] = fourth
  }

  get size(): number {
    return this.#size
  }

  /** Forgets all rows but so many. */
  truncate(size: number): void {
    this.#size = size
  }

  /** The rows so far, in arrays that go on being written to. */
  get columns(): Columns {
    return map(this.#columns, column => column.subarray(0, this.#size))
  }
}

/** The columns in another sequence. */
export function arranged(columns: Columns, [one, two, three, four]: Row): Columns {
  return [columns[one]!, columns[two]!, columns[three]!, columns[four]!]
}

/**
 * Rows sorted by one column after the other, each time so that rows with the same id keep their sequence: the last counts most. A
 * pass counts how often each id occurs, so that it takes the time of reading and writing all rows once, whatever their sequence.
 *
 * @returns the very columns where nothing is to be done
 */
export function sorted(columns: Columns, passes: readonly number[]): Columns {
  const few = columns[0].length <= FEW && passes.length > 0 ? sortedAtOnce(columns, passes) : undefined
  if (few !== undefined) return few
  const places = new Uint32Array(columns[0].length)
  let [current, spare]: [Columns, Columns | undefined] = [columns, undefined]
  for (const pass of passes) {
    const keys = current[pass]!
    if (isSorted(keys)) continue
    const ends = findPlaces(keys, places)
    const target = current.map((column, part) =>
      part === pass ? inRuns(ends, spare?.[part] ?? new Uint32Array(keys.length)) : moved(column, places, spare?.[part]),
    ) as unknown as Columns
    spare = current === columns ? undefined : current
    current = target
  }
  return current
}

/** So many rows are sorted before the machine code for sorting many would be there. */
const FEW = 1 << 12

/** As `sorted`, by one number for each row, of the columns and its place; undefined where such a number would have too many digits. */
function sortedAtOnce(columns: Columns, passes: readonly number[]): Columns | undefined {
  const rows = columns[0].length
  const keys = new Float64Array(rows)
  let most = rows
  for (let index = passes.length - 1; index >= 0; index--) {
    const column = columns[passes[index]!]!
    let range = 0
    for (let row = 0; row < rows; row++) if (column[row]! >= range) range = column[row]! + 1
    most *= range
    if (most > Number.MAX_SAFE_INTEGER) return undefined
    for (let row = 0; row < rows; row++) keys[row] = keys[row]! * range + column[row]!
  }
  for (let row = 0; row < rows; row++) keys[row] = keys[row]! * rows + row
  keys.sort()
  const target = empty(rows)
  for (let row = 0; row < rows; row++) {
    const place = keys[row]! % rows
    for (let part = 0; part < 4; part++) target[part]![row] = columns[part]![place]!
  }
  return target
}

function isConstant(column: Uint32Array): boolean {
  for (let row = 1; row < column.length; row++) if (column[row] !== column[0]) return false
  return true
}

function isSorted(column: Uint32Array): boolean {
  for (let row = 1; row < column.length; row++) if (column[row]! < column[row - 1]!) return false
  return true
}

/** Finds for each row its place among all. Gives for each key where its rows end. */
function findPlaces(keys: Uint32Array, places: Uint32Array): Uint32Array {
  let most = 0
  for (let row = 0; row < keys.length; row++) most = Math.max(most, keys[row]!)
  const next = new Uint32Array(most + 2)
  for (let row = 0; row < keys.length; row++) next[keys[row]! + 1]!++
  for (let key = 1; key <= most; key++) next[key]! += next[key - 1]!
  for (let row = 0; row < keys.length; row++) places[row] = next[keys[row]!]!++
  return next
}

/** The column that was sorted by. */
function inRuns(ends: Uint32Array, target: Uint32Array): Uint32Array {
  for (let row = 0, key = 0; row < target.length; key++) while (row < ends[key]!) target[row++] = key
  return target
}

/** A column with each row at its place: one that has the same everywhere, as graphs often do, is left as it is. */
function moved(column: Uint32Array, places: Uint32Array, target: Uint32Array = new Uint32Array(column.length)): Uint32Array {
  if (isConstant(column)) return column
  for (let row = 0; row < column.length; row++) target[places[row]!] = column[row]!
  return target
}

/** Sorted rows, each once, in arrays of their size. They are moved within the arrays that are given. */
export function distinct(columns: Columns): Columns {
  const [one, two, three, four] = columns
  let size = 0
  for (let row = 0; row < one.length; row++) {
    const isSame =
      row > 0 &&
      four[row] === four[row - 1] &&
      three[row] === three[row - 1] &&
      two[row] === two[row - 1] &&
      one[row] === one[row - 1]
    if (isSame) continue
    if (size < row) for (const column of columns) column[size] = column[row]!
    size++
  }
  return map(columns, column => (column.buffer.byteLength === size * 4 ? column : column.slice(0, size)))
}

/** A row that comes or goes. */
export interface Change {
  readonly row: Row
  readonly isAdded: boolean
}

/**
 * Sorted rows with some more and some less: all between two changes is copied at once.
 *
 * @param changes in any sequence; what is added is not there yet, and what is removed is
 */
export function changed(columns: Columns, changes: readonly Change[]): Columns {
  const inOrder = [...changes].sort((change, other) => compare(change.row, other.row))
  const more = changes.reduce((sum, { isAdded }) => sum + (isAdded ? 1 : -1), 0)
  const target = empty(columns[0].length + more)
  let [from, end] = [0, 0]
  const copyTo = (to: number): void => {
    for (let part = 0; part < 4; part++) target[part]!.set(columns[part]!.subarray(from, to), end)
    end += to - from
  }
  for (const { row, isAdded } of inOrder) {
    const at = placeOf(columns, row, from)
    copyTo(at)
    from = isAdded ? at : at + 1
    if (isAdded) for (let part = 0; part < 4; part++) target[part]![end] = row[part]!
    if (isAdded) end++
  }
  copyTo(columns[0].length)
  return target
}

/** The first row from `from` on that is not below `row`. */
function placeOf(columns: Columns, row: Row, from: number): number {
  let [low, high] = [from, columns[0].length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare([columns[0][middle]!, columns[1][middle]!, columns[2][middle]!, columns[3][middle]!], row) < 0) low = middle + 1
    else high = middle
  }
  return low
}

function compare(row: Row, other: Row): number {
  return row[0] - other[0] || row[1] - other[1] || row[2] - other[2] || row[3] - other[3]
}

/** The rows of all, one after the other; of a single one its own. */
export function joined(parts: readonly Columns[]): Columns {
  if (parts.length === 1) return parts[0]!
  const target = empty(parts.reduce((sum, [one]) => sum + one.length, 0))
  let end = 0
  for (const columns of parts) {
    for (const [part, column] of columns.entries()) target[part]!.set(column, end)
    end += columns[0].length
  }
  return target
}

function resized(columns: Columns, size: number): Columns {
  const target = empty(size)
  for (const [part, column] of columns.entries()) target[part]!.set(column.subarray(0, size))
  return target
}

export function empty(size: number): Columns {
  return [new Uint32Array(size), new Uint32Array(size), new Uint32Array(size), new Uint32Array(size)]
}

function map(columns: Columns, change: (column: Uint32Array) => Uint32Array): Columns {
  return columns.map(change) as unknown as Columns
}
