#include "../test/sets.h"
#include "clock.h"
#include "peers.h"
#include "tiles.h"
#include <random>
#include <stdexcept>

namespace weir::bench {
namespace {

constexpr const char *names[] = {"scalar", "avx2", "ifma"};

// The same plaintexts twice: as SEAL keeps them and in tiles.
struct Workload {
    std::shared_ptr<Context> context;
    size_t outputs;
    size_t terms;
    std::vector<seal::Plaintext> plaintexts; // [output][term], NTT form
    std::shared_ptr<Tiles> tiles;
    std::vector<seal::Ciphertext> queries; // [term], NTT form
    std::shared_ptr<Selectors> selectors;

    Workload(const sets::Words &set, size_t outputs_in, size_t terms_in)
        : context(sets::context(set)), outputs(outputs_in), terms(terms_in),
          tiles(std::make_shared<Tiles>(context, outputs_in, terms_in)) {
        sets::Seeded call;
        auto secret = make_secret_key(context);
        encrypt(*secret);
        fill();
    }

    void encrypt(const SecretKeyObject &secret) {
        size_t degree = context->degree();
        size_t seeded = context->data_primes() * degree + seed_words;
        std::vector<uint64_t> plain(terms * degree), sent(terms * seeded);
        std::mt19937_64 random(1);
        for (auto &value : plain) {
            value = random() & 1;
        }
        encrypt_symmetric(secret, sets::view(plain), sets::view(sent));
        auto received = read_seeded(context, sets::view(sent));
        selectors = std::make_shared<Selectors>(*received, 0, terms);
        for (size_t term = 0; term < terms; term++) {
            queries.push_back(received->at(term));
            context->evaluator().transform_to_ntt_inplace(queries.back());
        }
    }

    void fill() {
        size_t degree = context->degree();
        std::mt19937_64 random(2);
        std::vector<int64_t> coefficients(degree);
        for (size_t position = 0; position < outputs * terms; position++) {
            seal::Plaintext plain(degree);
            for (size_t i = 0; i < degree; i++) {
                coefficients[i] = static_cast<int64_t>(random() % 512);
                plain[i] = static_cast<uint64_t>(coefficients[i]);
            }
            tiles->put(position, sets::view(coefficients));
            context->evaluator().transform_to_ntt_inplace(plain, context->level(0).parms_id());
            plaintexts.push_back(std::move(plain));
        }
    }

    std::vector<seal::Ciphertext> seal_sequence() const {
        std::vector<seal::Ciphertext> sums(outputs);
        seal::Ciphertext product;
        for (size_t output = 0; output < outputs; output++) {
            for (size_t term = 0; term < terms; term++) {
                const auto &plain = plaintexts[output * terms + term];
                auto &target = term == 0 ? sums[output] : product;
                context->evaluator().multiply_plain(queries[term], plain, target);
                if (term > 0) {
                    context->evaluator().add_inplace(sums[output], product);
                }
            }
        }
        return sums;
    }

    void require_equal(const std::vector<seal::Ciphertext> &expected, mac::Kernel kernel) const {
        Products products(*tiles, 1);
        products.accumulate(*tiles, {selectors}, 0, tiles->units(), kernel);
        auto finished = products.finish();
        for (size_t output = 0; output < outputs; output++) {
            auto one = expected[output];
            context->evaluator().transform_from_ntt_inplace(one);
            if (!std::equal(one.data(), one.data() + finished->words(), finished->at(output).data())) {
                throw std::runtime_error("a kernel differs from SEAL's own sequence");
            }
        }
    }
};

void compare(const std::string &name, const Workload &work, const Report &report) {
    double seal_bytes = static_cast<double>(
        work.outputs * work.terms * work.context->data_primes() * work.context->degree() * sizeof(uint64_t));
    auto expected = work.seal_sequence();
    double seal_seconds = median_seconds(2, [&] { work.seal_sequence(); });
    report({name + " seal", seal_seconds * 1e3, "ms"});
    report({name + " seal rate", seal_bytes / seal_seconds / 1e9, "GB/s"});
    for (auto kernel : {mac::Kernel::scalar, mac::Kernel::avx2, mac::Kernel::ifma}) {
        if (!mac::available(kernel)) {
            continue;
        }
        work.require_equal(expected, kernel);
        Products products(*work.tiles, 1);
        double seconds = median_seconds(5, [&] {
            products.accumulate(*work.tiles, {work.selectors}, 0, work.tiles->units(), kernel);
        });
        std::string prefix = name + " " + names[static_cast<int>(kernel)];
        report({prefix, seconds * 1e3, "ms"});
        report({prefix + " rate", static_cast<double>(work.tiles->bytes()) / seconds / 1e9, "GB/s"});
    }
}

} // namespace

void kernels(bool quick, const Report &report) {
    compare("narrow", Workload(sets::cells_4096, quick ? 8 : 64, 256), report);
    compare("wide", Workload(sets::cells_8192, quick ? 4 : 32, 128), report);
}

} // namespace weir::bench
