#include <xgrad/framework/core/processor_features.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace xgrad::internal;

namespace {

// Processors by what they have.
bool none(const char*) { return false; }
bool all(const char*) { return true; }
bool up_to_avx2(const char* name) { return std::string_view(name).substr(0, 6) != "AVX-51"; }

const char* const for_avx512[] = {"AVX2", "FMA", "BMI2", "AVX-512F", "AVX-512BW", nullptr};
const char* const for_avx2[] = {"AVX2", "FMA", "BMI2", nullptr};
const char* const for_all_processors[] = {nullptr};

std::string missing(const char* const* required, bool (*is_here)(const char*)) {
  const auto* name = missing_processor_feature(required, is_here);
  return name ? name : "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(processor_features)

BOOST_AUTO_TEST_CASE(the_first_feature_that_is_not_there_is_named) {
  BOOST_TEST(missing(for_avx512, all) == "");
  BOOST_TEST(missing(for_avx512, up_to_avx2) == "AVX-512F");
  BOOST_TEST(missing(for_avx512, none) == "AVX2");
  BOOST_TEST(missing(for_avx2, up_to_avx2) == "");
  BOOST_TEST(missing(for_avx2, none) == "AVX2");
  BOOST_TEST(missing(for_avx2, [](const char* name) { return std::string_view(name) != "BMI2"; }) == "BMI2");
}

BOOST_AUTO_TEST_CASE(a_build_for_all_processors_needs_nothing) { BOOST_TEST(missing(for_all_processors, none) == ""); }

// Otherwise a name that is spelt in two ways would refuse every processor.
BOOST_AUTO_TEST_CASE(this_processor_has_what_the_library_was_built_for) {
  BOOST_TEST(missing(required_processor_features, processor_has) == "");
  BOOST_TEST(!processor_has("AVX2 of some other name"));
}

#if defined(__x86_64__)
// The tests are compiled with the flags of the library.
BOOST_AUTO_TEST_CASE(what_the_compiler_may_use_is_required) {
  const auto is_required = [](std::string_view feature) {
    for (const auto* name = required_processor_features; *name; ++name) {
      if (feature == *name) return true;
    }
    return false;
  };
  constexpr bool uses_avx2 =
#ifdef __AVX2__
      true;
#else
      false;
#endif
  constexpr bool uses_avx512 =
#ifdef __AVX512F__
      true;
#else
      false;
#endif
  BOOST_TEST(is_required("AVX2") == uses_avx2);
  BOOST_TEST(is_required("AVX-512F") == uses_avx512);
}
#endif

BOOST_AUTO_TEST_SUITE_END()
