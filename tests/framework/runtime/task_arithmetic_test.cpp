#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/framework/runtime/task_arithmetic.hpp>
#include <xgrad/framework/runtime/threads.hpp>
#include <xgrad/ops/multiply.hpp>

#include <boost/test/unit_test.hpp>

#include "mlp_step.hpp"
#include <cfenv>
#include <cmath>
#include <limits>
#include <string>

using namespace xgrad;

namespace {

/// Computed as the program runs: a compiler would not flush.
float half_of(float number) {
  volatile float half = 0.5f;
  return number * half;
}

constexpr float smallest = std::numeric_limits<float>::min();

}  // namespace

BOOST_AUTO_TEST_SUITE(task_arithmetic)

#if defined(__SSE__) || defined(__aarch64__)

BOOST_AUTO_TEST_CASE(denormals_are_zero_inside_and_come_back_after) {
  BOOST_TEST(half_of(smallest) > 0.0f);
  {
    const TaskArithmetic arithmetic;
    BOOST_TEST(half_of(smallest) == 0.0f);
    { const TaskArithmetic again; }
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

BOOST_AUTO_TEST_CASE(neither_rounding_nor_traps_of_the_caller_reach_a_task) {
  const int threads_before = threads();
  const auto train = [](int mode) {
    const test::MlpStep mlp(200, 64);
    auto step = mlp.compile();
    const auto data = test::MlpStep::batch_of(300, 200);
    std::fesetround(mode);  // when the graph and its numbers are there
    std::string bytes;
    for (int call = 0; call < 3; ++call) {
      const auto loss = step(data[0], data[1]);
      bytes.append(reinterpret_cast<const char*>(loss[0].bytes().data()), loss[0].bytes().size());
    }
    for (const auto& weight : mlp.weights) {
      const auto value = weight.value().bytes();
      bytes.append(reinterpret_cast<const char*>(value.data()), value.size());
    }
    BOOST_TEST(std::fegetround() == mode);
    std::fesetround(FE_TONEAREST);
    return bytes;
  };
  set_threads(1);
  const auto expected = train(FE_TONEAREST);
  for (int count : {1, 2}) {
    set_threads(count);
    for (int mode : {FE_TOWARDZERO, FE_UPWARD, FE_DOWNWARD}) {
      BOOST_TEST((train(mode) == expected), "threads " << count << ", rounding " << mode);
    }
  }
  set_threads(threads_before);
}

#if defined(__GLIBC__) && defined(__SSE__)

BOOST_AUTO_TEST_CASE(an_infinity_in_a_task_is_no_signal) {
  const auto x = input({}, "x");
  auto function = compile({x}, {x / (x - x)});
  std::feclearexcept(FE_ALL_EXCEPT);
  feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
  const double received = function(1.0f)[0].item();
  const int after = fedisableexcept(FE_ALL_EXCEPT);
  BOOST_TEST(std::isinf(received));
  BOOST_TEST(after == (FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW));
}

#endif

#endif

BOOST_AUTO_TEST_SUITE_END()
