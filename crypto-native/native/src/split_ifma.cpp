// Compiled for AVX-512-IFMA; reached only after the processor was asked. Key switching as SEAL does
// it (digits are the residues; rounding by half of the last prime), but in NTT form from end to end
// and reduced only where a sum could leave 52 bits.
#include "ifma.h"

namespace weir::ring {
namespace {

using namespace ifma;

constexpr size_t data_primes = 2;
constexpr size_t last = 2;

// In NTT form an expansion's automorphism takes each vector from one vector (bit-reversed places: the
// power of the root grows by a number that only lower bits decide), which a gather would be slow at.
void permute(const uint64_t *from, const uint32_t *order, uint64_t *to) {
    for (size_t i = 0; i < degree; i += width) {
        __m256i places = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(order + i));
        __m512i source = load(from + order[i] / width * width);
        store(to + i, _mm512_permutexvar_epi64(_mm512_cvtepu32_epi64(places), source)); // modulo 8
    }
}

void copy(const uint64_t *from, uint64_t *to) {
    for (size_t i = 0; i < degree; i += width) {
        store(to + i, load(from + i));
    }
}

// digit * key + digit * key, below four times the prime; digits below 2^44, keys residues.
struct Sum {
    __m512i low = _mm512_setzero_si512();
    __m512i high = _mm512_setzero_si512();

    void add(__m512i digit, __m512i key) {
        low = _mm512_madd52lo_epu64(low, digit, key);
        high = _mm512_madd52hi_epu64(high, digit, key);
    }

    __m512i reduced(const Modulus &modulus, const Vector &carry) const {
        __m512i above = _mm512_add_epi64(high, _mm512_srli_epi64(low, 52));
        __m512i below = _mm512_and_si512(low, modulus.mask);
        return _mm512_add_epi64(modulus.times(above, carry), modulus.below_twice(below));
    }
};

// The part of the product under the last prime, rounded: residues plus half of that prime, for both
// polynomials.
void last_part(const Step &step, const uint64_t *digits, uint64_t *work, uint64_t *parts) {
    const Prime &prime = step.primes[last];
    Modulus modulus(prime);
    Vector carry(prime.carry);
    for (size_t digit = 0; digit < data_primes; digit++) {
        copy(digits + digit * degree, work + digit * degree);
        forward_lazy(prime, work + digit * degree);
    }
    for (size_t i = 0; i < degree; i += width) {
        __m512i first = load(work + i);
        __m512i second = load(work + degree + i);
        for (size_t poly = 0; poly < 2; poly++) {
            Sum sum;
            sum.add(first, load(step.keys[0][poly] + last * degree + i));
            sum.add(second, load(step.keys[1][poly] + last * degree + i));
            store(parts + poly * degree + i, modulus.halved(sum.reduced(modulus, carry)));
        }
    }
    __m512i half = all(prime.value / 2);
    for (size_t poly = 0; poly < 2; poly++) {
        uint64_t *part = parts + poly * degree;
        inverse(prime, part);
        for (size_t i = 0; i < degree; i += width) {
            store(part + i, modulus.residue(_mm512_add_epi64(load(part + i), half)));
        }
    }
}

// The last part modulo a prime of data, in NTT form: below 27 primes.
void rounded(const Step &step, size_t data, const uint64_t *part, uint64_t *out) {
    const Prime &prime = step.primes[data];
    Modulus modulus(prime);
    __m512i offset = all(prime.value - step.half_of_last[data]);
    for (size_t i = 0; i < degree; i += width) {
        store(out + i, _mm512_add_epi64(modulus.below_twice(load(part + i)), offset));
    }
    forward_lazy(prime, out);
}

struct Data {
    const uint64_t *digits[2]; // the digits modulo this prime, NTT form
    const uint64_t *rounded[2];
    const uint64_t *image; // c0 under the automorphism
};

void finish(const Step &step, size_t data, const Data &in, uint64_t *a, uint64_t *odd) {
    const Prime &prime = step.primes[data];
    Modulus modulus(prime);
    Vector carry(prime.carry), inverse_of_last(step.inverse_of_last[data]);
    __m512i many = all(32 * prime.value);
    __m512i four = all(4 * prime.value);
    const uint64_t *monomial = step.monomial + data * degree;
    const uint64_t *quotients = monomial + data_primes * degree;
    for (size_t i = 0; i < degree; i += width) {
        __m512i first = load(in.digits[0] + i);
        __m512i second = load(in.digits[1] + i);
        Vector shift(load(monomial + i), load(quotients + i));
#pragma GCC unroll 2
        for (size_t poly = 0; poly < 2; poly++) {
            Sum sum;
            sum.add(first, load(step.keys[0][poly] + data * degree + i));
            sum.add(second, load(step.keys[1][poly] + data * degree + i));
            __m512i exact = _mm512_sub_epi64(
                _mm512_add_epi64(sum.reduced(modulus, carry), many), load(in.rounded[poly] + i));
            __m512i b = modulus.times(exact, inverse_of_last);
            b = poly == 0 ? _mm512_add_epi64(b, load(in.image + i)) : b;
            size_t at = (poly * data_primes + data) * degree + i;
            __m512i left = load(a + at);
            __m512i difference = _mm512_sub_epi64(_mm512_add_epi64(left, four), b);
            store(a + at, modulus.residue(modulus.halved(_mm512_add_epi64(left, b))));
            store(odd + at, modulus.residue(modulus.times(difference, shift)));
        }
    }
}

} // namespace

void split(const Step &step, uint64_t *a, uint64_t *odd, uint64_t *scratch) {
    uint64_t *image = scratch;              // [2][2]: c0 and c1 under the automorphism
    uint64_t *digits = image + 4 * degree;  // [2]: c1 in coefficient form
    uint64_t *parts = digits + 2 * degree;  // [2]
    uint64_t *work = parts + 2 * degree;    // [2]
    uint64_t *rests = work + 2 * degree;    // [2]
    for (size_t part = 0; part < 2 * data_primes; part++) {
        permute(a + part * degree, step.permutation, image + part * degree);
    }
    const uint64_t *c1 = image + data_primes * degree;
    for (size_t digit = 0; digit < data_primes; digit++) {
        copy(c1 + digit * degree, digits + digit * degree);
        inverse(step.primes[digit], digits + digit * degree);
    }
    last_part(step, digits, work, parts);
    for (size_t data = 0; data < data_primes; data++) {
        size_t other = 1 - data;
        copy(digits + other * degree, work);
        forward_lazy(step.primes[data], work);
        Data in{};
        in.digits[data] = c1 + data * degree; // its own residue needs no transform
        in.digits[other] = work;
        for (size_t poly = 0; poly < 2; poly++) {
            rounded(step, data, parts + poly * degree, rests + poly * degree);
            in.rounded[poly] = rests + poly * degree;
        }
        in.image = image + data * degree;
        finish(step, data, in, a, odd);
    }
}

void scatter(const uint64_t *from, size_t count, uint64_t *to, size_t stride) {
    for (size_t i = 0; i < count; i++, from += 4 * width, to += stride) {
#pragma GCC unroll 4
        for (size_t v = 0; v < 4; v++) {
            _mm512_stream_si512(reinterpret_cast<__m512i *>(to + v * width), load(from + v * width));
        }
    }
    _mm_sfence();
}

} // namespace weir::ring
