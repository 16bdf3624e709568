#include <xgrad/framework/runtime/flush_denormals.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/multiply.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>

using namespace xgrad;

namespace {

/// Computed as the program runs: a compiler would not flush.
float half_of(float number) {
  volatile float half = 0.5f;
  return number * half;
}

constexpr float smallest = std::numeric_limits<float>::min();

}  // namespace

BOOST_AUTO_TEST_SUITE(flush_denormals)

#if defined(__SSE__) || defined(__aarch64__)

BOOST_AUTO_TEST_CASE(denormals_are_zero_inside_and_come_back_after) {
  BOOST_TEST(half_of(smallest) > 0.0f);
  {
    const FlushDenormals flush;
    BOOST_TEST(half_of(smallest) == 0.0f);
    { const FlushDenormals again; }
    BOOST_TEST(half_of(smallest) == 0.0f);
  }
  BOOST_TEST(half_of(smallest) > 0.0f);
}

BOOST_AUTO_TEST_CASE(compiled_functions_flush_and_leave_the_caller_alone) {
  const auto x = input({}, "x");
  auto halve = compile({x}, {x * 0.5});
  BOOST_TEST(halve(smallest)[0].item() == 0.0);
  BOOST_TEST(half_of(smallest) > 0.0f);
}

#endif

BOOST_AUTO_TEST_SUITE_END()
