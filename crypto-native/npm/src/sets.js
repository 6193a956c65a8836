/**
 * The named parameter sets that a page can use: the numbers of the Java registry. A set is chosen by
 * name, never from what a service describes. An id is BLAKE2b-256 over scheme, degree, primes and
 * plain modulus; SEAL computes it once more when a set is opened.
 *
 * @typedef {object} ParameterSet
 * @property {string} label immutable name, as contracts, envelopes and evidence carry it
 * @property {number} degree coefficients of a polynomial
 * @property {bigint} plainModulus plaintexts are polynomials modulo this
 * @property {readonly bigint[]} primes the last one serves key switching only
 * @property {readonly bigint[]} dataPrimes of fresh ciphertexts
 * @property {string} id of keys, lower-case hexadecimal
 * @property {readonly string[]} levelIds of ciphertexts, by the number of dropped primes
 */

/** 32 + 32 bits for data, 39 for key switching: 103 together. */
const NARROW = Object.freeze([4_294_828_033n, 4_294_729_729n, 549_755_731_969n])

/**
 * @param {string} label
 * @param {bigint} plainModulus
 * @param {string} id
 * @param {string[]} levelIds
 * @returns {ParameterSet}
 */
function narrow(label, plainModulus, id, levelIds) {
  return Object.freeze({
    label,
    degree: 4096,
    plainModulus,
    primes: NARROW,
    dataPrimes: Object.freeze(NARROW.slice(0, -1)),
    id,
    levelIds: Object.freeze(levelIds),
  })
}

/** Sums of hidden selections over publishable cells, limbs of 9 bits. No circuit privacy. */
export const CELLS_4096 = narrow(
  'cells-4096-v1',
  536_870_923n,
  '25b0ef6251588f0a49eba6fc49b9b0b17a423dd5cf7c6f1ad68063cc7a4cb80e',
  [
    'f3ff6ccd85241a3a9c0d8466c02e7fc5374ba3fd3104318ffad24a81c1bfb31a',
    '21001de9785514c113795f2823221982e4c403923dd7460b03c58321164c6ce1',
  ],
)

/** The same primes under a plain modulus with slots. */
export const LOOKUP_4096 = narrow(
  'lookup-4096-v1',
  65_537n,
  'e5896f47b8827b9ebe25001f4486f1fecc22451638cd73f5353557de1a48ccbb',
  [
    'fcbd4a9ed2bd0b6f968de5b06a982f20ee7b345ee2aff058adf4a0a1c67d75dd',
    'b17265fb302e6b75fd258f62aec0f30a223408ed9cfc28c33bd60550f1c7ecfa',
  ],
)

export const SETS = Object.freeze([CELLS_4096, LOOKUP_4096])

/**
 * @param {string} label
 * @returns {ParameterSet | undefined}
 */
export function named(label) {
  return SETS.find((set) => set.label === label)
}
