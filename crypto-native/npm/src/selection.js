import { ClientRefusal } from './refusal.js'

/** @typedef {import('./ticket.js').Ticket} Ticket */

/**
 * Which cells are summed, and how often each: what nobody else learns. Shows itself neither in JSON
 * nor as text.
 */
export class Selection {
  #weights

  /** @param {Int32Array} weights by cell */
  constructor(weights) {
    this.#weights = weights
  }

  /**
   * All cells whose keys have one of the wanted values; a key that is not named may have any.
   *
   * @param {Ticket} ticket
   * @param {Record<string, Iterable<string>>} wanted values by column
   */
  static where(ticket, wanted) {
    const columns = ticket.keys.map((key) => key.column)
    for (const column of Object.keys(wanted)) {
      if (!columns.includes(column)) {
        throw new ClientRefusal('单元没有这个键', 'the cells have no such key')
      }
    }
    const chosen = ticket.keys.map((key) =>
      Object.hasOwn(wanted, key.column)
        ? new Set(Array.from(wanted[key.column], (value) => index(key, value)))
        : undefined,
    )
    const weights = new Int32Array(ticket.cells)
    for (let cell = 0; cell < ticket.cells; cell++) {
      let rest = cell
      let matches = true
      for (let i = chosen.length - 1; i >= 0; i--) {
        const size = ticket.keys[i].values.length
        matches = (chosen[i]?.has(rest % size) ?? true) && matches
        rest = Math.floor(rest / size)
      }
      weights[cell] = matches ? 1 : 0
    }
    return new Selection(weights)
  }

  /**
   * Cells with weights; all others have none.
   *
   * @param {Ticket} ticket
   * @param {Iterable<{ values: readonly string[], weight: number }>} rows a value for each key, in the
   *   ticket's order
   */
  static weighted(ticket, rows) {
    const weights = new Int32Array(ticket.cells)
    const seen = new Set()
    for (const { values, weight } of rows) {
      if (values.length !== ticket.keys.length || !Number.isInteger(weight) || Math.abs(weight) > 2 ** 20) {
        throw new ClientRefusal(
          '每行须为每个键各给一个值，再加整数权重',
          'a row has one value for each key, and a whole weight',
        )
      }
      const cell = ticket.keys.reduce((at, key, i) => at * key.values.length + index(key, values[i]), 0)
      if (seen.has(cell)) {
        throw new ClientRefusal('同一单元出现了两次', 'a cell is named twice')
      }
      seen.add(cell)
      weights[cell] = weight
    }
    return new Selection(weights)
  }

  /** @param {number} cell */
  weight(cell) {
    return this.#weights[cell] ?? 0
  }

  /** The cells that count. */
  chosen() {
    const few = []
    for (let cell = 0; cell < this.#weights.length; cell++) {
      if (this.#weights[cell] !== 0) {
        few.push({ cell, weight: this.#weights[cell] })
      }
    }
    return few
  }

  /** Of all cells, by size. */
  total() {
    return this.#weights.reduce((sum, weight) => sum + Math.abs(weight), 0)
  }

  toString() {
    return `Selection[of ${this.#weights.length} cells]`
  }

  toJSON() {
    return this.toString()
  }
}

/**
 * @param {{ column: string, values: readonly string[] }} key
 * @param {string} value
 */
function index(key, value) {
  const at = key.values.indexOf(value)
  if (at < 0) {
    throw new ClientRefusal('所给的某个值不在键的声明值域中', 'a value is not in the declared domain of its key')
  }
  return at
}
