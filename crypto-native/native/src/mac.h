// The multiply-accumulate kernel: one tile of plaintexts against the same tile of selectors.
#pragma once

#include <cstddef>
#include <cstdint>

namespace weir::mac {

constexpr size_t lanes = 32; // coefficients of a tile
constexpr size_t chunk = 64; // terms taken at a time: their selectors fill a first-level cache
constexpr size_t max_terms = 4096; // sums of so many 52-bit halves still fit in 64 bits

enum class Kernel : int32_t { scalar = 0, avx2 = 1, ifma = 2 };

// Adds sum over k of data[k] * selector[k] to the accumulator, for both polynomials of a ciphertext.
//   data      [terms][lanes], terms at most `chunk`
//   selectors [terms][2][lanes], residues below the prime
//   sums      [2][2][lanes]: per polynomial the low and the high part of each sum
// A sum is low + high * 2^shift, where the shift belongs to the block. Primes have at most 50 bits,
// and at most 32 bits when words are narrow.
template <class Word>
using Block = void (*)(const Word *data, const uint64_t *selectors, size_t terms, uint64_t *sums);

template <class Word>
struct Variant {
    Block<Word> block;
    unsigned shift;
};

template <class Word>
Variant<Word> scalar_variant();
#if defined(__x86_64__)
template <class Word>
Variant<Word> avx2_variant();
template <class Word>
Variant<Word> ifma_variant();
#endif

// Whether this processor can run it.
bool available(Kernel kernel);
// The fastest one that this processor can run.
Kernel best();
template <class Word>
Variant<Word> variant(Kernel kernel);

} // namespace weir::mac
