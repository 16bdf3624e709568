#include <xgrad/framework/io/sha256.hpp>

#include <boost/test/unit_test.hpp>

#include <span>
#include <string>
#include <utility>

namespace {

std::span<const std::byte> bytes(const std::string& text) { return std::as_bytes(std::span(text)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(sha256)

// The examples of FIPS 180-4.
BOOST_AUTO_TEST_CASE(known_answers) {
  BOOST_TEST(xgrad::sha256({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  BOOST_TEST(xgrad::sha256(bytes("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(xgrad::sha256(bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
             "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  BOOST_TEST(xgrad::sha256(bytes(std::string(1000000, 'a'))) ==
             "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

BOOST_AUTO_TEST_CASE(pieces_add_up_to_the_whole) {
  const std::string text(200, 'x');
  for (std::size_t cut : {0, 1, 63, 64, 65, 200}) {
    xgrad::Sha256 hash;
    hash.update(bytes(text.substr(0, cut)));
    hash.update(bytes(text.substr(cut)));
    BOOST_TEST(hash.hex_digest() == xgrad::sha256(bytes(text)));
  }
}

BOOST_AUTO_TEST_CASE(a_digest_does_not_end_the_hash) {
  xgrad::Sha256 hash;
  hash.update(bytes("a"));
  BOOST_TEST(hash.hex_digest() == xgrad::sha256(bytes("a")));
  xgrad::Sha256 moved = std::move(hash);
  moved.update(bytes("bc"));
  BOOST_TEST(moved.hex_digest() == xgrad::sha256(bytes("abc")));
}

BOOST_AUTO_TEST_SUITE_END()
