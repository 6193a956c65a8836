// Oblivious expansion (Angel, Chen, Laine, Setty: PIR with compressed queries and amortised query
// processing, section 3.3), stopped after log2(leaves) levels.
#include "seal/util/polyarithsmallmod.h"
#include "seal/util/uintarithsmallmod.h"
#include "tiles.h"
#include <algorithm>

namespace weir {
namespace {

// out = in * X^(-shift) in the ring of X^degree + 1, for 0 < shift < degree.
void shift_down(const uint64_t *in, size_t degree, size_t shift, const seal::Modulus &prime, uint64_t *out) {
    std::copy(in + shift, in + degree, out);
    for (size_t i = 0; i < shift; i++) {
        uint64_t value = in[i];
        out[degree - shift + i] = value == 0 ? 0 : prime.value() - value;
    }
}

// even = a + b and odd = (a - b) X^(-shift): b is a under the automorphism, which flips the sign of
// the odd part, so that one subtraction serves for both shifted terms.
void split(
    const Context &context, const seal::Ciphertext &a, const seal::Ciphertext &b, size_t shift,
    seal::Ciphertext &even, seal::Ciphertext &odd) {
    size_t degree = context.degree();
    const auto &primes = context.primes(0);
    std::vector<uint64_t> difference(degree);
    size_t offset = 0;
    for (size_t poly = 0; poly < 2; poly++) {
        for (const auto &prime : primes) {
            const uint64_t *left = a.data() + offset;
            const uint64_t *right = b.data() + offset;
            seal::util::sub_poly_coeffmod(left, right, degree, prime, difference.data());
            shift_down(difference.data(), degree, shift, prime, odd.data() + offset);
            seal::util::add_poly_coeffmod(left, right, degree, prime, even.data() + offset);
            offset += degree;
        }
    }
}

void check(const Ciphertexts &query, size_t index, const GaloisKeysObject &keys, size_t leaves) {
    const auto &context = query.context();
    require(context == keys.context && query.primes_dropped() == 0, Code::wrong_parameters);
    require(index < query.count(), Code::out_of_range);
    require(leaves > 0 && leaves <= context->degree() && (leaves & (leaves - 1)) == 0, Code::out_of_range);
    for (size_t width = 1; width < leaves; width *= 2) {
        require(keys.keys.has_key(static_cast<uint32_t>(context->degree() / width + 1)), Code::out_of_range);
    }
}

#if defined(__x86_64__)

// One level of the expansion in our own arithmetic: from `width` ciphertexts to twice as many.
class Level {
  public:
    Level(const Context &context, const GaloisKeysObject &keys, size_t width)
        : permutation_(ring::degree), monomial_(4 * ring::degree), scratch_(ring::scratch_words) {
        auto element = static_cast<uint32_t>(ring::degree / width + 1);
        const auto &slot = keys.keys.data()[seal::GaloisKeys::get_index(element)];
        for (size_t digit = 0; digit < 2; digit++) {
            for (size_t poly = 0; poly < 2; poly++) {
                step_.keys[digit][poly] = slot[digit].data().data(poly);
            }
        }
        for (size_t i = 0; i < ring::degree; i++) {
            size_t odd = 2 * reversed(i) + 1; // the power of the root at which place i evaluates
            permutation_[i] = static_cast<uint32_t>(reversed(odd * element % (2 * ring::degree) / 2));
        }
        uint64_t last = context.key_level().parms().coeff_modulus().back().value();
        for (size_t data = 0; data < 2; data++) {
            const auto &prime = context.primes(0)[data];
            uint64_t inverse = 0;
            seal::util::try_invert_uint_mod(last % prime.value(), prime, inverse);
            step_.inverse_of_last[data] = ring_factor(inverse, prime);
            step_.half_of_last[data] = last / 2 % prime.value();
            uint64_t *monomial = monomial_.data() + data * ring::degree;
            monomial[ring::degree - width] = prime.value() - 1; // X^-width is -X^(degree - width)
            context.transforms().forward(data, monomial);
            for (size_t i = 0; i < ring::degree; i++) {
                monomial[2 * ring::degree + i] = ring_factor(monomial[i], prime).quotient;
            }
        }
        step_.primes = context.transforms().rings();
        step_.permutation = permutation_.data();
        step_.monomial = monomial_.data();
    }

    void split(uint64_t *even, uint64_t *odd) { ring::split(step_, even, odd, scratch_.data()); }

  private:
    static size_t reversed(size_t index) {
        size_t result = 0;
        for (size_t bit = 1; bit < ring::degree; bit *= 2, index /= 2) {
            result = result * 2 + index % 2;
        }
        return result;
    }

    Lines<uint32_t> permutation_;
    Lines<uint64_t> monomial_;
    Lines<uint64_t> scratch_;
    ring::Step step_{};
};

// Everything stays in NTT form; the last level goes straight to where the kernel reads it.
std::shared_ptr<Selectors> expand_fast(
    const Ciphertexts &query, size_t index, const GaloisKeysObject &keys, size_t leaves) {
    const auto &context = query.context();
    size_t each = query.words();
    Pages pages(std::max<size_t>(leaves / 2, 1) * each * sizeof(uint64_t));
    auto *items = reinterpret_cast<uint64_t *>(pages.data());
    std::copy_n(query.at(index).data(), each, items);
    for (size_t part = 0; part < 4; part++) {
        context->transforms().forward(part % 2, items + part * ring::degree);
    }
    auto result = std::make_shared<Selectors>(context, leaves);
    if (leaves == 1) {
        result->put(0, items);
        return result;
    }
    Lines<uint64_t> odd(each);
    for (size_t width = 1; width < leaves; width *= 2) {
        Level level(*context, keys, width);
        bool last = 2 * width == leaves;
        for (size_t leaf = 0; leaf < width; leaf++) {
            level.split(items + leaf * each, last ? odd.data() : items + (leaf + width) * each);
            if (last) {
                result->put(leaf, items + leaf * each);
                result->put(leaf + width, odd.data());
            }
        }
    }
    return result;
}

#endif

} // namespace

std::shared_ptr<Ciphertexts> expand(
    const Ciphertexts &query, size_t index, const GaloisKeysObject &keys, size_t leaves) {
    check(query, index, keys, leaves);
    const auto &context = query.context();
    auto result = std::make_shared<Ciphertexts>(context, 0, leaves);
    auto pool = seal::MemoryPoolHandle::New();
    std::copy_n(query.at(index).data(), query.words(), result->at(0).data());
    seal::Ciphertext rotated(pool);
    for (size_t width = 1; width < leaves; width *= 2) {
        auto element = static_cast<uint32_t>(context->degree() / width + 1);
        for (size_t leaf = 0; leaf < width; leaf++) {
            auto &from = result->at(leaf);
            context->evaluator().apply_galois(from, element, keys.keys, rotated, pool);
            split(*context, from, rotated, width, from, result->at(leaf + width));
        }
    }
    return result;
}

std::shared_ptr<Selectors> expand_selectors(
    const Ciphertexts &query, size_t index, const GaloisKeysObject &keys, size_t leaves) {
    check(query, index, keys, leaves);
#if defined(__x86_64__)
    if (query.context()->transforms().fast() && query.context()->data_primes() == 2) {
        return expand_fast(query, index, keys, leaves);
    }
#endif
    return std::make_shared<Selectors>(*expand(query, index, keys, leaves), 0, leaves);
}

} // namespace weir
