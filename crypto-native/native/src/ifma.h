// Vectors of eight residues. Included only by what is compiled for AVX-512-IFMA.
#pragma once

#include "ring.h"
#include <immintrin.h>

namespace weir::ring::ifma {
namespace {

constexpr size_t width = 8;

inline __m512i load(const uint64_t *from) { return _mm512_loadu_si512(from); }
inline void store(uint64_t *to, __m512i value) { _mm512_storeu_si512(to, value); }
inline __m512i all(uint64_t value) { return _mm512_set1_epi64(static_cast<long long>(value)); }

struct Vector {
    __m512i value;
    __m512i quotient;

    explicit Vector(const Factor &factor) : value(all(factor.value)), quotient(all(factor.quotient)) {}
    Vector(__m512i value_in, __m512i quotient_in) : value(value_in), quotient(quotient_in) {}
};

// One prime, in registers.
struct Modulus {
    __m512i prime, twice, negative, one, mask;

    explicit Modulus(const Prime &from)
        : prime(all(from.value)), twice(all(2 * from.value)),
          negative(all((uint64_t{1} << 52) - from.value)), one(all(from.one)),
          mask(all((uint64_t{1} << 52) - 1)) {}

    // x * factor, below twice the prime, for x below 2^52 (Shoup).
    __m512i times(__m512i x, const Vector &factor) const {
        __m512i zero = _mm512_setzero_si512();
        __m512i whole = _mm512_madd52hi_epu64(zero, x, factor.quotient);
        __m512i low = _mm512_madd52lo_epu64(zero, x, factor.value);
        return _mm512_and_si512(_mm512_madd52lo_epu64(low, whole, negative), mask);
    }

    // x modulo the prime, below twice the prime, for x below 2^52.
    __m512i below_twice(__m512i x) const {
        __m512i whole = _mm512_madd52hi_epu64(_mm512_setzero_si512(), x, one);
        return _mm512_and_si512(_mm512_madd52lo_epu64(x, whole, negative), mask);
    }

    // The residue of x below twice the prime.
    __m512i residue(__m512i x) const { return _mm512_min_epu64(x, _mm512_sub_epi64(x, prime)); }
    // Below twice the prime, for x below four times.
    __m512i halved(__m512i x) const { return _mm512_min_epu64(x, _mm512_sub_epi64(x, twice)); }
};

} // namespace
} // namespace weir::ring::ifma
