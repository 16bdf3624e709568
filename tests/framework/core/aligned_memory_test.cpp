#include <xgrad/framework/core/aligned_memory.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <cstring>
#include <limits>
#include <new>

using namespace xgrad;

BOOST_AUTO_TEST_SUITE(aligned_memory)

BOOST_AUTO_TEST_CASE(begins_at_a_cache_line_or_at_a_large_page) {
  for (std::size_t bytes : {0u, 1u, 64u, 1000u, 300'000u, 5'000'000u}) {
    for (std::size_t large_from : {std::size_t{1000}, AlignedMemory::large_page}) {
      const AlignedMemory memory(bytes, large_from);
      const auto alignment = bytes >= large_from ? AlignedMemory::large_page : memory_alignment;
      BOOST_TEST(reinterpret_cast<std::uintptr_t>(memory.data()) % alignment == 0u);
      BOOST_TEST(memory.size() == bytes);
      std::memset(memory.data(), 1, bytes);  // all of it can be written to
    }
  }
}

BOOST_AUTO_TEST_CASE(more_than_there_is_is_refused) {
  BOOST_CHECK_THROW(AlignedMemory{std::numeric_limits<std::size_t>::max()}, std::bad_alloc);
}

BOOST_AUTO_TEST_SUITE_END()
