#include "check.h"
#include "reply.h"
#include "sets.h"
#include "tiles.h"
#include <random>

namespace weir::test {
namespace {

struct Party {
    std::shared_ptr<Context> context;
    std::shared_ptr<SecretKeyObject> secret;

    explicit Party(const sets::Words &set) : context(sets::context(set)) {
        sets::Seeded call;
        secret = make_secret_key(context);
    }

    std::shared_ptr<Ciphertexts> seeded(std::vector<uint64_t> plain) const {
        sets::Seeded call;
        std::vector<uint64_t> sent(
            plain.size() / context->degree() * (context->data_primes() * context->degree() + seed_words));
        encrypt_symmetric(*secret, sets::view(plain), sets::view(sent));
        return read_seeded(context, sets::view(sent));
    }

    std::vector<uint64_t> decrypted(const Ciphertexts &ciphertexts) const {
        std::vector<uint64_t> plain(ciphertexts.count() * context->degree());
        decrypt(*secret, ciphertexts, sets::view(plain));
        return plain;
    }

    std::shared_ptr<PublicKeyObject> published() const {
        sets::Seeded call;
        std::vector<uint64_t> limbs(context->key_primes() * context->degree() + seed_words);
        make_public_key(*secret, sets::view(limbs));
        return read_public_key(context, sets::view(limbs));
    }

    std::shared_ptr<GaloisKeysObject> expansion_keys(size_t leaves) const {
        sets::Seeded call;
        std::vector<uint32_t> elements;
        for (size_t width = 1; width < leaves; width *= 2) {
            elements.push_back(static_cast<uint32_t>(context->degree() / width + 1));
        }
        std::vector<uint64_t> limbs(
            elements.size() * context->data_primes() * (context->key_primes() * context->degree() + seed_words));
        make_galois_keys(*secret, elements, sets::view(limbs));
        return read_galois_keys(context, elements, sets::view(limbs));
    }

    std::vector<uint64_t> random_plain(size_t count, uint64_t bound, uint64_t seed) const {
        std::mt19937_64 random(seed);
        std::vector<uint64_t> plain(count * context->degree());
        for (auto &value : plain) {
            value = random() % bound;
        }
        return plain;
    }
};

} // namespace

void what_is_encrypted_is_decrypted() {
    for (const auto &set : {sets::cells_4096, sets::lookup_4096, sets::cells_8192, sets::records_8192}) {
        Party party(set);
        auto plain = party.random_plain(2, party.context->plain_modulus(), 3);
        auto ciphertexts = party.seeded(plain);
        CHECK(party.decrypted(*ciphertexts) == plain);
        auto key = party.published();
        std::vector<uint64_t> limbs(2 * ciphertexts->words());
        {
            sets::Seeded call;
            encrypt_public(*key, sets::view(plain), sets::view(limbs));
        }
        auto received = read_ciphertexts(party.context, 0, sets::view(limbs));
        CHECK(party.decrypted(*received) == plain);
        std::vector<uint64_t> again(limbs.size());
        received->write(sets::view(again));
        CHECK(again == limbs);
        auto small = party.random_plain(1, 2, 4);
        CHECK(party.context->plain_modulus() > 65537 || party.decrypted(*switch_modulus(*party.seeded(small), 1)) == small);
        add_to(*received, *ciphertexts);
        auto sum = party.decrypted(*received);
        for (size_t i = 0; i < plain.size(); i++) {
            CHECK(sum[i] == 2 * plain[i] % party.context->plain_modulus());
        }
    }
}

void expansion_separates_coefficients() {
    Party party(sets::lookup_4096);
    constexpr size_t leaves = 8;
    auto plain = party.random_plain(1, 16, 5);
    auto expanded = expand(*party.seeded(plain), 0, *party.expansion_keys(leaves), leaves);
    auto found = party.decrypted(*expanded);
    size_t degree = party.context->degree();
    for (size_t j = 0; j < degree; j++) {
        CHECK(found[j % leaves * degree + j / leaves * leaves] == plain[j] * leaves);
    }
    CHECK(refused(Code::out_of_range, [&] {
        expand(*party.seeded(plain), 0, *party.expansion_keys(leaves / 2), leaves);
    }));
}

void inner_products_are_exact() {
    for (const auto &set : {sets::cells_4096, sets::cells_8192}) {
        Party party(set);
        constexpr size_t terms = 3;
        size_t degree = party.context->degree();
        auto chosen = party.random_plain(terms, 2, 6);
        std::mt19937_64 random(8);
        Tiles tiles(party.context, 1, terms);
        std::vector<int64_t> cells(terms * degree), reversed(terms * degree);
        int64_t expected = 0;
        for (size_t term = 0; term < terms; term++) {
            for (size_t i = 0; i < degree; i++) {
                auto cell = static_cast<int64_t>(random() % 512) - 256;
                expected += chosen[term * degree + i] == 1 ? cell : 0;
                reversed[term * degree + degree - 1 - i] = cell;
            }
        }
        tiles.put(0, sets::view(reversed));
        Products products(tiles, 1);
        products.accumulate(
            tiles, {std::make_shared<Selectors>(*party.seeded(chosen), 0, terms)}, 0, tiles.units(), mac::best());
        auto result = party.decrypted(*products.finish())[degree - 1];
        auto modulus = static_cast<int64_t>(party.context->plain_modulus());
        CHECK((static_cast<int64_t>(result) - expected) % modulus == 0);
    }
}

void replies_survive_truncation() {
    for (const auto &set : {sets::lookup_4096, sets::cells_8192}) {
        Party party(set);
        size_t degree = party.context->degree();
        auto plain = party.random_plain(1, party.context->plain_modulus(), 9);
        auto ciphertexts = party.seeded(plain);
        for (Shape shape : {Shape{58, 0, degree}, Shape{57, degree - 1, 1}, Shape{60, 5, 700}}) {
            std::vector<uint8_t> packed(packed_bytes(*party.context, shape));
            truncate(*ciphertexts, shape, sets::view(packed));
            auto found = party.decrypted(*lift(party.context, shape, sets::view(packed)));
            for (size_t i = shape.first; i < shape.first + shape.count; i++) {
                CHECK(found[i] == plain[i]);
            }
        }
    }
}

void flooding_keeps_the_answer() {
    Party party(sets::cells_8192);
    auto plain = party.random_plain(1, party.context->plain_modulus(), 10);
    auto ciphertexts = party.seeded(plain);
    std::vector<uint64_t> before(ciphertexts->words()), after(ciphertexts->words());
    ciphertexts->write(sets::view(before));
    auto key = party.published();
    {
        sets::Seeded call;
        flood(*ciphertexts, *key, 90);
    }
    ciphertexts->write(sets::view(after));
    CHECK(before != after);
    CHECK(party.decrypted(*ciphertexts) == plain);
    Party small(sets::cells_4096);
    auto one = small.seeded(small.random_plain(1, 2, 1));
    auto published = small.published();
    sets::Seeded call;
    CHECK(refused(Code::unsupported, [&] { flood(*one, *published, 20); }));
}

} // namespace weir::test
