#include <xgrad/framework/runtime/memory.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <iterator>
#include <map>
#include <vector>

using namespace xgrad;

BOOST_AUTO_TEST_SUITE(memory)

BOOST_AUTO_TEST_CASE(freed_space_is_given_out_again) {
  OffsetAllocator allocator;
  const auto a = allocator.allocate(1000);
  const auto b = allocator.allocate(100);
  allocator.release(a, 1000);
  BOOST_TEST(allocator.allocate(512) == a);
  BOOST_TEST(allocator.allocate(256) == a + 512);
  BOOST_TEST(allocator.size() == aligned_size(1000) + aligned_size(100));
  allocator.release(b, 100);
  BOOST_TEST(allocator.allocate(300) == a + 768);  // the rest of a and b, joined
  BOOST_TEST(allocator.size() == aligned_size(1000) + aligned_size(100));
}

BOOST_AUTO_TEST_CASE(what_is_needed_at_different_times_shares_its_place) {
  const std::vector<Lifetime> lifetimes{{2048, 1, 2}, {1024, 0, 0}, {1024, 2, 3}, {512, 0, 3}, {64, 1, 1}};
  std::vector<std::size_t> offsets(lifetimes.size());
  BOOST_TEST(place_by_lifetime(lifetimes, offsets) == 2048u + 1024u + 512u);
  for (std::size_t i = 0; i < lifetimes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto& a = lifetimes[i];
      const auto& b = lifetimes[j];
      const bool at_one_time = a.first_level <= b.last_level && b.first_level <= a.last_level;
      const bool apart = offsets[i] + a.bytes <= offsets[j] || offsets[j] + b.bytes <= offsets[i];
      BOOST_TEST((!at_one_time || apart));
    }
  }
}

BOOST_AUTO_TEST_CASE(neighbouring_pieces_join) {
  OffsetAllocator allocator;
  const auto a = allocator.allocate(64);
  const auto b = allocator.allocate(64);
  const auto c = allocator.allocate(64);
  allocator.allocate(64);
  allocator.release(a, 64);
  allocator.release(c, 64);
  allocator.release(b, 64);
  BOOST_TEST(allocator.allocate(192) == a);
  BOOST_TEST(allocator.size() == 256u);
}

BOOST_AUTO_TEST_CASE(a_free_end_grows) {
  OffsetAllocator allocator;
  const auto a = allocator.allocate(64);
  allocator.release(a, 64);
  BOOST_TEST(allocator.allocate(640) == a);
  BOOST_TEST(allocator.size() == 640u);
}

BOOST_AUTO_TEST_CASE(live_pieces_never_overlap) {
  OffsetAllocator allocator;
  std::map<std::size_t, std::size_t> live;
  std::uint32_t random = 1;
  for (int round = 0; round < 20'000; ++round) {
    random = random * 1664525u + 1013904223u;
    if (live.size() > 40 || (random >> 31 && !live.empty())) {
      auto victim = std::next(live.begin(), static_cast<std::ptrdiff_t>((random >> 8) % live.size()));
      allocator.release(victim->first, victim->second);
      live.erase(victim);
    } else {
      const std::size_t bytes = (random >> 12) % 5000;
      const auto offset = allocator.allocate(bytes);
      BOOST_REQUIRE_EQUAL(offset % memory_alignment, 0u);
      BOOST_REQUIRE_LE(offset + bytes, allocator.size());
      const auto next = live.lower_bound(offset);
      if (next != live.end()) BOOST_REQUIRE_LE(offset + bytes, next->first);
      if (next != live.begin()) BOOST_REQUIRE_LE(std::prev(next)->first + std::prev(next)->second, offset);
      live.emplace(offset, bytes);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
