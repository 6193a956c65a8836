#include "transforms.h"
#include "mac.h"
#include "seal/util/uintarithsmallmod.h"
#include <algorithm>
#include <functional>

namespace weir {
namespace {

using Root = std::function<uint64_t(size_t)>;

size_t reversed(size_t index) {
    size_t result = 0;
    for (size_t bit = 1; bit < ring::degree; bit *= 2, index /= 2) {
        result = result * 2 + index % 2;
    }
    return result;
}

// The seven roots of three stages, of which the first has `blocks` blocks.
void seven(const Root &root, size_t blocks, size_t block, const std::function<void(uint64_t)> &take) {
    take(root(blocks + block));
    for (size_t i = 0; i < 2; i++) {
        take(root(2 * blocks + 2 * block + i));
    }
    for (size_t i = 0; i < 4; i++) {
        take(root(4 * blocks + 4 * block + i));
    }
}

void fill(
    const Root &root, const seal::Modulus &prime, Lines<ring::Factor> &blocks,
    Lines<uint64_t> &vectors) {
    for (size_t count : {1, 8, 64}) {
        for (size_t block = 0; block < count; block++) {
            seven(root, count, block, [&](uint64_t value) { blocks.push_back(ring_factor(value, prime)); });
        }
    }
    constexpr size_t lanes = 8, roots = 7;
    vectors.resize(ring::degree / 64 * roots * 2 * lanes);
    for (size_t block = 0; block < ring::degree / lanes; block++) {
        uint64_t *to = vectors.data() + block / lanes * roots * 2 * lanes + block % lanes;
        seven(root, ring::degree / lanes, block, [&](uint64_t value) {
            auto factor = ring_factor(value, prime);
            to[0] = factor.value;
            to[lanes] = factor.quotient;
            to += 2 * lanes;
        });
    }
}

bool suits(const seal::SEALContext::ContextData &level) {
    const auto &primes = level.parms().coeff_modulus();
    return mac::available(mac::Kernel::ifma) && level.parms().poly_modulus_degree() == ring::degree &&
           std::all_of(primes.begin(), primes.end(), [](const auto &prime) {
               return static_cast<unsigned>(prime.bit_count()) <= ring::prime_bits;
           });
}

} // namespace

ring::Factor ring_factor(uint64_t value, const seal::Modulus &prime) {
    auto quotient = (static_cast<unsigned __int128>(value) << 52) / prime.value();
    return {value, static_cast<uint64_t>(quotient)};
}

Transforms::Transforms(const seal::SEALContext::ContextData &key_level) : key_level_(key_level) {
    if (!suits(key_level)) {
        return;
    }
    const auto &primes = key_level.parms().coeff_modulus();
    tables_.reserve(primes.size());
    for (size_t i = 0; i < primes.size(); i++) {
        add(primes[i], key_level.small_ntt_tables()[i]);
    }
}

void Transforms::add(const seal::Modulus &prime, const seal::util::NTTTables &tables) {
    uint64_t q = prime.value();
    Root root = [&](size_t index) { return tables.get_from_root_powers(index).operand; };
    uint64_t scale = 0;
    seal::util::try_invert_uint_mod(ring::degree, prime, scale);
    // The root to the power of the degree is -1.
    Root inverse = [&](size_t index) {
        return q - tables.get_from_root_powers(reversed(ring::degree - reversed(index))).operand;
    };
    auto &made = tables_.emplace_back();
    fill(root, prime, made.blocks, made.vectors);
    fill(inverse, prime, made.inverse_blocks, made.inverse_vectors);
    made.inverse_blocks[0] =
        ring_factor(seal::util::multiply_uint_mod(inverse(1), scale, prime), prime);
    rings_.push_back({q, ring_factor(1, prime).quotient, ring_factor((uint64_t{1} << 52) % q, prime),
                      ring_factor(scale, prime), made.blocks.data(), made.vectors.data(),
                      made.inverse_blocks.data(), made.inverse_vectors.data()});
}

void Transforms::forward(size_t prime, uint64_t *values) const {
#if defined(__x86_64__)
    if (fast()) {
        return ring::forward(rings_[prime], values);
    }
#endif
    seal::util::ntt_negacyclic_harvey(seal::util::CoeffIter(values), key_level_.small_ntt_tables()[prime]);
}

void Transforms::inverse(size_t prime, uint64_t *values) const {
#if defined(__x86_64__)
    if (fast()) {
        return ring::inverse(rings_[prime], values);
    }
#endif
    seal::util::inverse_ntt_negacyclic_harvey(
        seal::util::CoeffIter(values), key_level_.small_ntt_tables()[prime]);
}

} // namespace weir
