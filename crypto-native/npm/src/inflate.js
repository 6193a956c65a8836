/**
 * Inflates a zlib stream (RFC 1950 over RFC 1951) to no more than expected: memory is taken for the
 * bound, never for what the stream claims, and the stream has to end where its bytes do. Written out
 * because a page's own `DecompressionStream` neither bounds its output nor tells what follows.
 */
import { refuse, require } from './refusal.js'

const MAX_BITS = 15
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258]
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577]
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

/** A canonical Huffman code: codes of one length are consecutive numbers, in the order of symbols. */
class Code {
  /**
   * @param {number[]} lengths by symbol, zero for none
   * @param {boolean} single whether one code alone may leave others unused
   */
  constructor(lengths, single) {
    /** @type {number[][]} symbols by length of their code */
    this.symbols = Array.from({ length: MAX_BITS + 1 }, () => [])
    lengths.forEach((bits, symbol) => bits > 0 && this.symbols[bits].push(symbol))
    /** @type {number[]} the first code of each length */
    this.first = [0]
    for (let bits = 1; bits <= MAX_BITS; bits++) {
      this.first[bits] = 2 * (this.first[bits - 1] + this.symbols[bits - 1].length)
      require(this.first[bits] + this.symbols[bits].length <= 2 ** bits)
    }
    const whole = this.first[MAX_BITS] + this.symbols[MAX_BITS].length === 2 ** MAX_BITS
    require(whole || (single && lengths.filter((bits) => bits > 0).length <= 1))
  }
}

const FIXED_LITERALS = new Code(
  Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
  false,
)
const FIXED_DISTANCES = new Code(Array.from({ length: 32 }, () => 5), false)

class Inflation {
  /**
   * @param {Uint8Array} stored
   * @param {number} bound
   */
  constructor(stored, bound) {
    this.stored = stored
    this.at = 2
    this.held = 0
    this.heldBits = 0
    this.out = new Uint8Array(bound)
    this.length = 0
  }

  /** @param {number} count at most 16 */
  bits(count) {
    while (this.heldBits < count) {
      require(this.at < this.stored.length)
      this.held |= this.stored[this.at++] << this.heldBits
      this.heldBits += 8
    }
    const value = this.held & ((1 << count) - 1)
    this.held >>>= count
    this.heldBits -= count
    return value
  }

  /**
   * @param {Code} code
   * @returns {number}
   */
  symbol(code) {
    let read = 0
    for (let bits = 1; bits <= MAX_BITS; bits++) {
      read = 2 * read + this.bits(1)
      const symbols = code.symbols[bits]
      if (read - code.first[bits] < symbols.length) {
        return symbols[read - code.first[bits]]
      }
    }
    return refuse()
  }

  /** @param {number} byte */
  put(byte) {
    require(this.length < this.out.length)
    this.out[this.length++] = byte
  }

  plainBlock() {
    this.held = this.heldBits = 0
    require(this.stored.length - this.at >= 4)
    const count = this.stored[this.at] | (this.stored[this.at + 1] << 8)
    const inverted = this.stored[this.at + 2] | (this.stored[this.at + 3] << 8)
    this.at += 4
    require((count ^ inverted) === 0xffff)
    require(count <= this.stored.length - this.at && count <= this.out.length - this.length)
    this.out.set(this.stored.subarray(this.at, this.at + count), this.length)
    this.at += count
    this.length += count
  }

  /**
   * @param {Code} literals
   * @param {Code} distances
   */
  codedBlock(literals, distances) {
    for (let symbol = this.symbol(literals); symbol !== 256; symbol = this.symbol(literals)) {
      if (symbol < 256) {
        this.put(symbol)
        continue
      }
      require(symbol - 257 < LENGTH_BASE.length)
      const length = LENGTH_BASE[symbol - 257] + this.bits(LENGTH_EXTRA[symbol - 257])
      const far = this.symbol(distances)
      require(far < DISTANCE_BASE.length)
      const distance = DISTANCE_BASE[far] + this.bits(far < 2 ? 0 : (far >> 1) - 1)
      require(distance <= this.length)
      for (let i = 0; i < length; i++) {
        this.put(this.out[this.length - distance])
      }
    }
  }

  describedBlock() {
    const literals = this.bits(5) + 257
    const distances = this.bits(5) + 1
    const described = this.bits(4) + 4
    require(literals <= 286 && distances <= 30)
    const lengths = new Array(CODE_ORDER.length).fill(0)
    for (let i = 0; i < described; i++) {
      lengths[CODE_ORDER[i]] = this.bits(3)
    }
    const all = this.lengths(new Code(lengths, false), literals + distances)
    require(all[256] > 0) // a block without an end
    this.codedBlock(new Code(all.slice(0, literals), true), new Code(all.slice(literals), true))
  }

  /**
   * @param {Code} code
   * @param {number} count
   */
  lengths(code, count) {
    const all = []
    while (all.length < count) {
      const symbol = this.symbol(code)
      if (symbol < 16) {
        all.push(symbol)
        continue
      }
      require(symbol > 16 || all.length > 0)
      /** @type {number} */
      const value = symbol === 16 ? all[all.length - 1] : 0
      const times = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7)
      require(all.length + times <= count)
      all.push(...new Array(times).fill(value))
    }
    return all
  }

  run() {
    for (let last = 0; last === 0;) {
      last = this.bits(1)
      const kind = this.bits(2)
      require(kind < 3)
      if (kind === 0) {
        this.plainBlock()
      } else if (kind === 1) {
        this.codedBlock(FIXED_LITERALS, FIXED_DISTANCES)
      } else {
        this.describedBlock()
      }
    }
    const out = this.out.subarray(0, this.length)
    require(this.stored.length - this.at === 4)
    const view = new DataView(this.stored.buffer, this.stored.byteOffset + this.at, 4)
    require(view.getUint32(0) === adler(out))
    return out
  }
}

/** @param {Uint8Array} bytes */
function adler(bytes) {
  let low = 1
  let high = 0
  for (let i = 0; i < bytes.length; i++) {
    low = (low + bytes[i]) % 65521
    high = (high + low) % 65521
  }
  return high * 65536 + low
}

/**
 * @param {Uint8Array} stored
 * @param {number} bound most bytes that the result may have
 * @returns {Uint8Array}
 */
export function inflate(stored, bound) {
  require(stored.length >= 6)
  const [method, flags] = stored
  require((method & 15) === 8 && method >> 4 <= 7) // deflate, a window of at most 32 KiB
  require((method * 256 + flags) % 31 === 0 && (flags & 32) === 0) // no preset dictionary
  return new Inflation(stored, bound).run()
}
