#include "check.h"
#include "mac.h"
#include "sets.h"
#include "tiles.h"
#include <random>

namespace weir::test {
namespace {

// Every kernel that runs here against multiply_plain and add_inplace, on random ciphertexts and
// plaintexts; 70 terms make a full chunk and a part of one.
void agree(const sets::Words &set) {
    auto context = sets::context(set);
    constexpr size_t outputs = 2, terms = 70;
    size_t degree = context->degree();
    std::mt19937_64 random(7);
    std::vector<uint64_t> limbs;
    for (size_t i = 0; i < 2 * terms; i++) {
        for (const auto &prime : context->primes(0)) {
            for (size_t j = 0; j < degree; j++) {
                limbs.push_back(random() % prime.value());
            }
        }
    }
    auto queries = read_ciphertexts(context, 0, sets::view(limbs));
    Tiles tiles(context, outputs, terms);
    std::vector<seal::Ciphertext> expected(outputs);
    auto bound = static_cast<int64_t>(context->plain_modulus() / 2);
    for (size_t position = 0; position < outputs * terms; position++) {
        std::vector<int64_t> coefficients(degree);
        seal::Plaintext plain(degree);
        for (size_t j = 0; j < degree; j++) {
            coefficients[j] = static_cast<int64_t>(random() % static_cast<uint64_t>(2 * bound)) - bound;
            plain[j] = coefficients[j] < 0 ? context->plain_modulus() - static_cast<uint64_t>(-coefficients[j])
                                           : static_cast<uint64_t>(coefficients[j]);
        }
        tiles.put(position, sets::view(coefficients));
        context->evaluator().transform_to_ntt_inplace(plain, context->level(0).parms_id());
        seal::Ciphertext product = queries->at(position % terms);
        context->evaluator().transform_to_ntt_inplace(product);
        context->evaluator().multiply_plain_inplace(product, plain);
        auto &sum = expected[position / terms];
        if (position % terms == 0) {
            sum = product;
        } else {
            context->evaluator().add_inplace(sum, product);
        }
    }
    auto selectors = std::make_shared<Selectors>(*queries, 0, terms);
    for (auto kernel : {mac::Kernel::scalar, mac::Kernel::avx2, mac::Kernel::ifma}) {
        if (!mac::available(kernel)) {
            continue;
        }
        Products products(tiles, 2);
        size_t middle = tiles.units() / 3;
        products.accumulate(tiles, {selectors, selectors}, middle, tiles.units(), kernel);
        CHECK(refused(Code::out_of_range, [&] { products.finish(); })); // not all units yet
        products.accumulate(tiles, {selectors, selectors}, 0, middle, kernel);
        auto finished = products.finish();
        for (size_t i = 0; i < 2 * outputs; i++) {
            auto one = expected[i % outputs];
            context->evaluator().transform_from_ntt_inplace(one);
            CHECK(std::equal(one.data(), one.data() + finished->words(), finished->at(i).data()));
        }
    }
}

template <class Word>
void largest_sums(uint64_t largest) {
    std::vector<Word> data(mac::chunk * mac::lanes, static_cast<Word>(largest));
    std::vector<uint64_t> selectors(mac::chunk * 2 * mac::lanes, largest);
    unsigned __int128 expected = static_cast<unsigned __int128>(largest) * largest * mac::max_terms;
    for (auto kernel : {mac::Kernel::scalar, mac::Kernel::avx2, mac::Kernel::ifma}) {
        if (!mac::available(kernel)) {
            continue;
        }
        auto variant = mac::variant<Word>(kernel);
        std::vector<uint64_t> sums(4 * mac::lanes, 0);
        for (size_t done = 0; done < mac::max_terms; done += mac::chunk) {
            variant.block(data.data(), selectors.data(), mac::chunk, sums.data());
        }
        for (size_t i = 0; i < 2 * mac::lanes; i++) {
            size_t at = i / mac::lanes * 2 * mac::lanes + i % mac::lanes;
            unsigned __int128 high = sums[at + mac::lanes];
            CHECK((variant.shift == 64 ? high << 64 : high << variant.shift) + sums[at] == expected);
        }
    }
}

} // namespace

void kernels_agree_with_seal() {
    agree(sets::cells_4096);
    agree(sets::cells_8192);
}

void kernels_agree_at_the_extremes() {
    largest_sums<uint32_t>((uint64_t{1} << 32) - 1);
    largest_sums<uint64_t>((uint64_t{1} << 50) - 1);
}

} // namespace weir::test
