#include "check.h"
#include "sets.h"
#include "tiles.h"
#include "seal/util/ntt.h"
#include <random>

namespace weir::test {
namespace {

void same_as_seal(const Context &context, size_t prime, std::vector<uint64_t> values) {
    const auto &tables = context.key_level().small_ntt_tables()[prime];
    auto theirs = values;
    context.transforms().forward(prime, values.data());
    seal::util::ntt_negacyclic_harvey(seal::util::CoeffIter(theirs.data()), tables);
    CHECK(values == theirs);
    context.transforms().inverse(prime, values.data());
    seal::util::inverse_ntt_negacyclic_harvey(seal::util::CoeffIter(theirs.data()), tables);
    CHECK(values == theirs);
}

} // namespace

void transforms_agree_with_seal() {
    std::mt19937_64 random(11);
    for (const auto &set : {sets::cells_4096, sets::lookup_4096, sets::cells_8192}) {
        auto context = sets::context(set);
        for (size_t prime = 0; prime < context->key_primes(); prime++) {
            uint64_t q = context->key_level().parms().coeff_modulus()[prime].value();
            std::vector<uint64_t> values(context->degree());
            same_as_seal(*context, prime, values);
            std::fill(values.begin(), values.end(), q - 1);
            same_as_seal(*context, prime, values);
            for (int run = 0; run < 20; run++) {
                for (auto &value : values) {
                    value = random() % q;
                }
                same_as_seal(*context, prime, values);
            }
        }
    }
}

// Key switching included: any limbs will do for keys and query, and the largest ones are tried too.
void expansion_agrees_with_seal() {
    auto context = sets::context(sets::lookup_4096);
    constexpr size_t leaves = 16;
    std::vector<uint32_t> elements;
    for (size_t width = 1; width < leaves; width *= 2) {
        elements.push_back(static_cast<uint32_t>(context->degree() / width + 1));
    }
    std::mt19937_64 random(12);
    for (int extreme : {0, 1, 2}) { // nothing, the keys, the query
        auto limbs = [&](bool largest, size_t polynomials, const std::vector<seal::Modulus> &primes) {
            std::vector<uint64_t> made;
            for (size_t i = 0; i < polynomials * primes.size(); i++) {
                for (size_t j = 0; j < context->degree(); j++) {
                    uint64_t q = primes[i % primes.size()].value();
                    made.push_back(largest ? q - 1 - random() % (1 << 20) : random() % q);
                }
            }
            return made;
        };
        auto key_limbs =
            limbs(extreme == 1, 2 * context->data_primes() * elements.size(), context->key_level().parms().coeff_modulus());
        auto keys = read_galois_keys(context, elements, sets::view(key_limbs));
        auto query_limbs = limbs(extreme == 2, 2, context->primes(0));
        auto query = read_ciphertexts(context, 0, sets::view(query_limbs));
        Selectors theirs(*expand(*query, 0, *keys, leaves), 0, leaves);
        auto ours = expand_selectors(*query, 0, *keys, leaves);
        size_t units = context->data_primes() * context->degree() / mac::lanes;
        for (size_t unit = 0; unit < units; unit++) {
            CHECK(std::equal(ours->at(unit, 0), ours->at(unit, 0) + leaves * 2 * mac::lanes, theirs.at(unit, 0)));
        }
        Selectors part(*ours, 3, 5);
        CHECK(part.terms() == 5 && part.at(7, 2) == ours->at(7, 5));
        CHECK(refused(Code::out_of_range, [&] { Selectors(*ours, 12, 5); }));
    }
}

} // namespace weir::test
