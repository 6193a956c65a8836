// Oblivious expansion (Angel, Chen, Laine, Setty: PIR with compressed queries and amortised query
// processing, section 3.3), stopped after log2(leaves) levels.
#include "ciphertexts.h"
#include "seal/util/polyarithsmallmod.h"
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

} // namespace

std::shared_ptr<Ciphertexts> expand(
    const Ciphertexts &query, size_t index, const GaloisKeysObject &keys, size_t leaves) {
    const auto &context = query.context();
    require(context == keys.context && query.primes_dropped() == 0, Code::wrong_parameters);
    require(index < query.count(), Code::out_of_range);
    require(leaves > 0 && leaves <= context->degree() && (leaves & (leaves - 1)) == 0, Code::out_of_range);
    for (size_t width = 1; width < leaves; width *= 2) {
        require(keys.keys.has_key(static_cast<uint32_t>(context->degree() / width + 1)), Code::out_of_range);
    }
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

} // namespace weir
