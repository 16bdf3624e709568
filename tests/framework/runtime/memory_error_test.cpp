#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/reshape.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"

// Under a sanitizer an allocation of this size ends the program.
#if !defined(XGRAD_SANITIZED)

using namespace xgrad;
using test::check_error;

BOOST_AUTO_TEST_SUITE(memory_errors)

BOOST_AUTO_TEST_CASE(say_how_large_an_array_would_be) {
  check_error<MemoryError>(
      [] {
        Array(DType::float32, {1 << 20, 1 << 20, 30});
      },
      "Array: float32 (1048576, 1048576, 30) takes 1.319e+08 MB, which the system does not give");
}

BOOST_AUTO_TEST_CASE(say_which_arguments_a_function_was_called_with) {
  const auto x = input({batch}, "x");
  auto f = compile({x}, {reshape(x, {-1, 1}) * x});
  check_error<MemoryError>(
      [&] { f(Array::zeros(DType::float32, {5'800'000})); },
      "Function: intermediate results of a call with arguments of shapes (5800000,) take 1.346e+08 MB, "
      "which the system does not give; call it with fewer rows");
  BOOST_TEST(f(Array::zeros(DType::float32, {3}))[0].size() == 9u);
}

BOOST_AUTO_TEST_SUITE_END()

#endif
