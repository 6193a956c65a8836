// Compiled for AVX2; reached only after the processor was asked.
#include "mac.h"
#include <immintrin.h>

namespace weir::mac {
namespace {

constexpr size_t width = 4; // words of a vector

__m256i load(const uint64_t *from) { return _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from)); }

void store(uint64_t *to, __m256i value) { _mm256_storeu_si256(reinterpret_cast<__m256i *>(to), value); }

void narrow(const uint32_t *data, const uint64_t *selectors, size_t terms, uint64_t *sums) {
    const __m256i half = _mm256_set1_epi64x(UINT32_MAX);
    for (size_t j = 0; j < lanes; j += 2 * width) {
        __m256i sum[2][2][2]; // [poly][low, high][vector]
        for (size_t i = 0; i < 8; i++) {
            sum[i / 4][i / 2 % 2][i % 2] = load(sums + (i / 2) * lanes + j + (i % 2) * width);
        }
        for (size_t k = 0; k < terms; k++) {
            const uint64_t *selector = selectors + k * 2 * lanes + j;
            for (size_t v = 0; v < 2; v++) {
                __m256i word = _mm256_cvtepu32_epi64(_mm_loadu_si128(
                    reinterpret_cast<const __m128i *>(data + k * lanes + j + v * width)));
                for (size_t poly = 0; poly < 2; poly++) {
                    __m256i product = _mm256_mul_epu32(word, load(selector + poly * lanes + v * width));
                    sum[poly][0][v] = _mm256_add_epi64(sum[poly][0][v], _mm256_and_si256(product, half));
                    sum[poly][1][v] = _mm256_add_epi64(sum[poly][1][v], _mm256_srli_epi64(product, 32));
                }
            }
        }
        for (size_t i = 0; i < 8; i++) {
            store(sums + (i / 2) * lanes + j + (i % 2) * width, sum[i / 4][i / 2 % 2][i % 2]);
        }
    }
}

// Words of up to 50 bits in halves of 25: four products, three sums, folded once per block into
// low + high * 2^50. A block's 64 terms keep every sum below 2^58.
void wide(const uint64_t *data, const uint64_t *selectors, size_t terms, uint64_t *sums) {
    const __m256i half = _mm256_set1_epi64x((1 << 25) - 1);
    for (size_t j = 0; j < lanes; j += width) {
        __m256i bottom[2] = {}, middle[2] = {}, top[2] = {};
        for (size_t k = 0; k < terms; k++) {
            __m256i word = load(data + k * lanes + j);
            __m256i word_low = _mm256_and_si256(word, half);
            __m256i word_high = _mm256_srli_epi64(word, 25);
            for (size_t poly = 0; poly < 2; poly++) {
                __m256i selector = load(selectors + k * 2 * lanes + poly * lanes + j);
                __m256i low = _mm256_and_si256(selector, half);
                __m256i high = _mm256_srli_epi64(selector, 25);
                __m256i cross = _mm256_add_epi64(_mm256_mul_epu32(word_low, high), _mm256_mul_epu32(word_high, low));
                bottom[poly] = _mm256_add_epi64(bottom[poly], _mm256_mul_epu32(word_low, low));
                middle[poly] = _mm256_add_epi64(middle[poly], cross);
                top[poly] = _mm256_add_epi64(top[poly], _mm256_mul_epu32(word_high, high));
            }
        }
        for (size_t poly = 0; poly < 2; poly++) {
            uint64_t *low = sums + poly * 2 * lanes + j;
            uint64_t *high = low + lanes;
            __m256i carry = _mm256_slli_epi64(_mm256_and_si256(middle[poly], half), 25);
            store(low, _mm256_add_epi64(load(low), _mm256_add_epi64(bottom[poly], carry)));
            __m256i above = _mm256_add_epi64(top[poly], _mm256_srli_epi64(middle[poly], 25));
            store(high, _mm256_add_epi64(load(high), above));
        }
    }
}

} // namespace

template <>
Variant<uint32_t> avx2_variant() {
    return {narrow, 32};
}

template <>
Variant<uint64_t> avx2_variant() {
    return {wide, 50};
}

} // namespace weir::mac
