/** Objects of the right form with random contents, and a ticket. */
import { randomBytes } from 'node:crypto'
import { CellLayout } from '../src/cell-layout.js'
import { EntryShape } from '../src/entry-shape.js'
import { CELLS_4096 } from '../src/sets.js'
import { ticket as checked } from '../src/ticket.js'

/**
 * @param {number} polynomials
 * @param {readonly bigint[]} primes
 */
export function limbs(polynomials, primes) {
  const { degree } = CELLS_4096
  const words = new BigUint64Array(polynomials * primes.length * degree)
  const random = new BigUint64Array(Uint8Array.from(randomBytes(words.length * 8)).buffer)
  for (let i = 0; i < words.length; i++) {
    words[i] = random[i] % primes[Math.floor(i / degree) % primes.length]
  }
  return words
}

/** @param {Record<string, unknown>} [changes] */
export function ticketJson(changes) {
  const layout = new CellLayout(6, 2, 20)
  return {
    id: '0c1d0c1d-0000-4000-8000-000000000000',
    kind: 'SUM',
    contractId: '0c1d0c1d-0000-4000-8000-000000000001',
    productId: '0c1d0c1d-0000-4000-8000-000000000002',
    rollupId: 'ab'.repeat(16),
    dataVersion: 3,
    parameterSet: 'cells-4096-v1',
    cells: 6,
    width: 2,
    cellBits: 20,
    root: 'cd'.repeat(32),
    ciphertexts: layout.terms,
    replyBytes: layout.sum.replyBytes,
    decisionLeaf: '0c1d0c1d-0000-4000-8000-000000000003',
    expires: '2026-01-01T00:00:00Z',
    status: 'OPEN',
    keys: [
      { column: 'city', values: ['a', 'b', 'c'] },
      { column: 'kind', values: ['x', 'y'] },
    ],
    measures: ['amount'],
    units: ['0.01'],
    ...changes,
  }
}

/** @param {Record<string, unknown>} [changes] */
export function ticket(changes) {
  return checked(ticketJson(changes))
}

/**
 * A table of 5,000 records of up to 238 bytes.
 *
 * @param {'KEYWORD' | 'INDEX'} by
 * @param {string} [publicKey] base64
 */
export function lookupTicketJson(by, publicKey = Buffer.alloc(33, 2).toString('base64')) {
  const entries = 5_000
  const shape = new EntryShape(by, entries, 238, 7)
  return {
    ...ticketJson({ kind: by, cells: entries, width: 1, cellBits: 63, parameterSet: 'lookup-4096-v1', keys: [], measures: [], units: [] }),
    ciphertexts: 3,
    replyBytes: 97 + shape.queries * shape.lookup.replyBytes,
    lookup: { by, table: 'contract/table/3', publicKey, entries, valueBytes: 238, seed: 7, columns: ['i', 'city'] },
  }
}
