// Arithmetic of degree 4096 for primes below 2^39, eight coefficients at a time. Products keep 52
// bits, which leaves room for twelve stages without a reduction between them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace weir::ring {

constexpr size_t degree = 4096;
constexpr unsigned prime_bits = 39;

// A factor below its prime, and floor(factor * 2^52 / prime).
struct Factor {
    uint64_t value;
    uint64_t quotient;
};

// What transforms modulo one prime need. Three stages are taken at a time, with seven roots: for the
// first nine stages one set per block, [1 + 8 + 64][7] factors; for the last three one vector per
// root, [64][7][2][8] words.
struct Prime {
    uint64_t value;
    uint64_t one;  // floor(2^52 / prime)
    Factor carry;  // 2^52 modulo the prime
    Factor scale;  // 1 / degree
    const Factor *blocks;
    const uint64_t *vectors;
    const Factor *inverse_blocks; // the first root of all is multiplied by 1 / degree
    const uint64_t *inverse_vectors;
};

// In SEAL's order; values below 2^44 become residues, or values below the first plus 26 primes.
void forward(const Prime &prime, uint64_t *values);
void forward_lazy(const Prime &prime, uint64_t *values);
// Values below twice the prime become residues.
void inverse(const Prime &prime, uint64_t *values);

// One automorphism of a ciphertext under its switching key, and the split that follows it in an
// expansion. The primes are the two of data, then the one for key switching.
struct Step {
    const Prime *primes;
    const uint32_t *permutation;  // [degree]: where each coefficient of the image comes from, eight
                                  // neighbours from the same eight
    const uint64_t *keys[2][2];   // per digit and polynomial [3][degree], residues in NTT form
    Factor inverse_of_last[2];    // 1 / the third prime
    uint64_t half_of_last[2];     // half of the third prime, modulo each of the others
    const uint64_t *monomial;     // X^-shift, [2][degree] residues in NTT form, then their quotients
};

// Words of scratch space that a split takes.
constexpr size_t scratch_words = 12 * degree;

// With b the image of a: a becomes a + b, and odd (a - b) X^-shift. Ciphertexts are [2][2][degree]
// residues in NTT form; the result is SEAL's, bit by bit.
void split(const Step &step, uint64_t *a, uint64_t *odd, uint64_t *scratch);

// Copies `count` lines of 32 words to every `stride`-th word from `to` on, past the caches: who reads
// them comes later.
void scatter(const uint64_t *from, size_t count, uint64_t *to, size_t stride);

} // namespace weir::ring
